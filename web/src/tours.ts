// A tour for each role, on its own first page: what it looks at first, and where the rest is. Loaded only when it is taken.
import type { Texts } from './words'

export interface TourStep {
  target: string // selector; a step whose target is not on the page is left out
  title: Texts
  text: Texts
}
const step = (target: string, title: [string, string], text: [string, string]): TourStep => ({ target, title: { zh: title[0], en: title[1] }, text: { zh: text[0], en: text[1] } })

const side = (page: string): string => `.sides a[href^="/${page}"]`
const notices = step(side('notices'), ['通知', 'Notices'], ['催报、退回和决定都会发到这里，未读的有数字提示。', 'Reminders, returned figures and decisions come here; a number tells how many you have not read.'])
const account = step('.me', ['个人设置', 'My settings'], ['在这里切换语言和深浅色、更改密码、启用动态验证码、退出登录。公用电脑用毕请退出。', 'Language, dark pages, password, second factor and signing out are here. Sign out when you leave a shared computer.'])
const help = step('.title .quiet-button', ['随时求助', 'Help at any time'], ['每页标题旁的问号说明本页用途，也可从那里再次查看本指引。', 'The question mark beside the title of each page says what it is for, and offers this tour again.'])
const groups = step('.tabs', ['按类别查看', 'By group'], ['各考核对象分类别排名，点击即可切换类别。', 'Units are ranked within their group; choose one here.'])
const row = step('.league tbody tr', ['点开一行', 'Open a row'], ['点击单位可看得分构成，点击任何一个分数可逐级查看得分由来。', 'A unit shows what its score is made of; any score leads step by step to how it came about.'])
const period = step('.place', ['换周期、查单位', 'Period and search'], ['在这里选择周期，或按名称查找考核对象和指标。', 'Choose the period here, or find a unit or an indicator by its name.'])
const brief = step(side('brief'), ['快览', 'Brief'], ['一屏看清位次变动、逾期未报的数据和负责人。', 'Changed ranks, late figures and who answers for them, on one screen.'])
const table = step(side('table'), ['大擂台', 'League table'], ['数据认定后，位次和得分即时更新在大擂台上。', 'Once a figure is accepted, ranks and scores change in the league table at once.'])
const queue = step('.queue, .main .state', ['待办数据', 'What waits for you'], ['待您办理的数据列在这里，点击指标名称可看说明、佐证和校验结果。', 'Figures that wait for you stand here; the name of one opens its note, evidence and checks.'])
const tools = step('.main .tools:has(.el-checkbox)', ['一并办理', 'Many at once'], ['可只看须留意的，选中无异常的一并办理；有误的单独处理。', 'Look only at what is odd, choose what is sound and do it at once; deal with the rest one by one.'])
const posting = step('.title .to-screen', ['大屏、矩阵、公示稿', 'Screen, matrix, posting'], ['大厅大屏、位次矩阵、可打印的公示稿和下载都在这里。', 'The screen of a hall, the matrix of ranks, the posting to be printed and downloads are here.'])

const own = step('.sides ul', ['您的各页', 'Your pages'], ['左侧（手机上在下方）只列您任职所及的页面，其他管理员的页面不在其中。', 'The list, below on a phone, has the pages of your own post only; those of the other administrators are not among them.'])

export const tours: Record<string, TourStep[]> = {
  unit: [
    step('.main .tabs', ['先看周期', 'First the period'], ['开放填报的周期按截止时间排列，最急的在前。', 'Open periods stand by their due dates, the most urgent first.']),
    step('.owed', ['还差多少', 'What is left'], ['应报、已报、退回和未填的项数，以及截止时间。', 'How many figures are owed, submitted, returned and open, and until when.']),
    step('.fill-grid thead', ['像表格一样填', 'A sheet to type into'], ['直接输入，回车向下，可从 Excel、WPS 整块粘贴；旁边是上期、去年同期和校验结果。', 'Type, Enter goes down, blocks are pasted from Excel and WPS; the last period, last year and checks stand beside.']),
    step('.saved', ['自动保存', 'Saved by itself'], ['所填即存为草稿；断网时暂存在本机，恢复后自动补存。', 'What you type is saved as drafts; without a connection this computer keeps it until there is one.']),
    step('.title .el-button', ['填报表', 'Forms'], ['也可下载填报表，填好后上传。', 'A form can be taken down, filled in elsewhere and brought up again.']),
    notices,
  ],
  approver: [queue, tools, step(side('fill'), ['填报情况', 'Filling in'], ['在填报页可看本单位填到哪里，也可自行填写。', 'The page of filling in shows how far your unit is, and you may fill in yourself.']), table, notices, help],
  owner: [queue, tools, table, notices, help],
  leader: [
    step('.brief-said', ['一句话', 'In a sentence'], ['较上期有多少单位位次变动，有多少数据逾期。', 'How many ranks changed since the period before, and how many figures are late.']),
    step('.brief section:nth-of-type(1)', ['谁升谁降、为什么', 'Who rose or fell, and why'], ['每行注明主要原因，点击可看该单位的成绩单。', 'Each line says what did most of it, and opens the report card of the unit.']),
    step('.brief section:nth-of-type(2)', ['谁逾期、谁负责', 'What is late, and who answers'], ['按应报单位列出逾期数据和负责人，点击可看明细。', 'Late figures by the unit that owes them, with who answers; a line opens them.']),
    period,
    table,
  ],
  office: [groups, row, period, posting, step(side('check'), ['审核认定', 'Check'], ['各单位报送的数据在这里认定或退回。', 'What units have submitted is accepted or returned here.']), notices],
  committee: [groups, row, period, posting, brief, notices],
  supervisor: [groups, row, period, brief, notices],
  cadre: [groups, row, period, notices, help],
  auditor: [
    step('.journal tbody tr', ['点开一条记录', 'Open an entry'], ['点击编号可看全文，取回执并当场核验；核验由本页自行计算。', 'A number opens the entry with its receipt, which this page checks by itself, before your eyes.']),
    step('.main .tools', ['按条件查找', 'Find entries'], ['可按种类、考核、经办人和日期查找，或直接前往某一号。', 'By kind, assessment, person and day, or straight to a number.']),
    step(side('audit'), ['审计记录', 'Audit records'], ['谁登录、查阅个人信息、导出数据、变动账号，都在这里。', 'Who signed in, read personal data, took data out or changed accounts.']),
    step(side('verify'), ['账本核验', 'Verify'], ['请定期下载凭证，存放于考核办接触不到的地方；日后据以核对账本是否只增不改。', 'Download a head from time to time and keep it where the office cannot reach it: it shows later that the journal was only added to.']),
    own,
    help,
  ],
  system_admin: [
    step('.server-figures .verdict-line', ['是否就绪', 'Ready or not'], ['服务未就绪时，这里说明原因；须处理的项目标 ✕。', 'Where the server is not ready it says why here; what is to be seen to is marked ✕.']),
    step('.backup h2', ['备份', 'Backups'], ['请定期下载备份，与签名密钥分开存放。', 'Take a backup regularly, and keep it apart from the key that signs.']),
    step('.doctor h2', ['运行条件', 'What it stands on'], ['存储、密钥、磁盘和时钟是否正常，可随时重新检查。', 'Whether store, key, disk and clock are good; look again at any time.']),
    own,
    account,
  ],
  security_admin: [
    step('.people tbody tr', ['点开一人', 'Open a person'], ['任职、交接、账号和会话都在这里办理，每办一事均记入账本。', 'Posts, handing over, account and sessions; each act stands in the journal.']),
    step('.main .tools', ['查找', 'Find'], ['可按姓名、单位、角色查找，或只看无任职、无账号、密码到期的人员。', 'By name, unit and role, or only those without a post or an account, or whose password has expired.']),
    step('.title .el-button', ['登记人员', 'Register'], ['先登记人员，再新增任职、开立账号；初始密码仅显示一次。', 'Register a person, give a post, make an account; the first password is shown once.']),
    own,
    account,
  ],
}

// Whoever has several roles takes the tour of the one to which the first page belongs.
const admins = ['auditor', 'system_admin', 'security_admin']
const others = ['leader', 'approver', 'owner', 'unit', 'office', 'committee', 'supervisor', 'cadre']
export const tourRole = (roles: string[]): string => (roles.includes('office') ? others : [...admins, ...others]).find((role) => roles.includes(role)) ?? ''
