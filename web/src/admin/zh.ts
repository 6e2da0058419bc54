// Words of the administration, read with its pages: see words.ts.
const zh = {
  list: { newest: '最新', older: '更早的', newer: '较新的', range: '第 {from} 至 {to} 号', none: '没有相符的记录', noneNext: '请放宽筛选条件。', part: '已查找至第 {number} 号，未见更多相符的记录，可继续向前查找。', clear: '清除筛选' },
  kinds: {
    ledger: '账本', key: '更换密钥', person: '人员', post: '任职', scheme: '方案版本', unit: '考核对象', succession: '沿革', target: '目标', observation: '数据', adjustment: '加减分', evidence: '佐证', proposal: '提请', decision: '决定', withdrawal: '撤回提请', posting: '公布结果',
    erasure: '删除内容', term: '保管期限', day: '日历日', calendar: '日程规则', period: '开放周期', exception: '延期', report: '填报', sharing: '数据共享', permitted: '清单事项', registration: '考核备案', quota: '考核限额', effort: '用时标准', audit: '审计记录',
  },
  fields: {
    unit: '考核对象', element: '数据项', period: '周期', value: '数值', indicator: '指标', target: '目标值', baseline: '基期值', person: '人员', role: '角色', from: '自', to: '至', assessment: '考核', deputy: '副职代理', id: '标识', name: '姓名或名称', name_en: '英文名称', note: '说明', state: '状态', source: '来源', document: '依据文件',
    stage: '环节', reporter: '报送单位', drafter: '填报人', returns: '退回次数', reopened: '重新开放', reason: '事由', item: '加减分项目', points: '分值', count: '次数', level: '级别', honour: '荣誉', issued: '日期', proposal: '提请编号', verdict: '决定', content: '内容', media: '类型', size: '大小', opens: '开放', due: '截止', grace: '宽限', locks: '锁定',
    group: '考核类别', parent: '上级', kind: '种类', order: '次序', joined: '加入', left: '退出', event: '事项', outcome: '结果', subject: '涉及事项', address: '来源地址', scheme: '方案', engine: '程序版本', digest: '摘要', table: '结果表', in_force: '生效日', basis: '依据', public_key: '公钥', signature: '签名算法', expires: '决定期限',
    '@corrects': '更正第几号', '@reason': '理由', '@withdrawn': '撤销', '@evidence': '佐证', '@proposal': '据第几号提请', '@key': '键', '@request': '请求编号',
  },
  journal: {
    number: '编号', time: '时间', kind: '种类', actor: '经办人', assessment: '所属考核', words: '内容', all: '全部种类', allAssessments: '全部考核', actorId: '经办人账号', day: '截至日期', goTo: '到第几号', go: '前往', program: '系统',
    caption: '账本记录，新的在前', total: '账本共 {size} 条记录。', entry: '第 {number} 号记录', open: '查看第 {number} 号记录', ofLedger: '整个账本', outside: '内容存于记录之外，摘要 {digest}', fetch: '取出', proposed: '提请：{kind}', field: '字段', says: '取值', none: '账本中没有第 {number} 号记录。', auditApart: '登录、查阅、导出等操作记入审计记录，不在此列。',
    copied: '已复制', previous: '上一号', following: '下一号',
  },
  proof: {
    title: '凭证核验', help: '以下各项由本页据回执自行计算，不采信服务器的结论。', check: '取回执并核验', checking: '正在核验……', download: '下载回执', again: '重新核验',
    holds: '核验通过：该记录自 {time} 起在账本第 {number} 号，内容未变。', fails: '核验未通过：回执与记录不符，请保存回执并报告考核委员会。', partly: '除签名外均已核验。本浏览器不能核验此种签名，请用命令 baton verify --receipt 核验下载的回执。',
    steps: { form: '回执格式正确，编号相符', says: '回执中的记录与上列内容逐字相同', leaf: '记录的摘要计算无误', path: '摘要经 {count} 步归入凭证的根', key: '公钥的摘要与凭证所载一致', signature: '凭证上的签名有效' },
    yes: '符合', no: '不符', unknown: '未核验', head: '所据凭证', headIs: '前 {size} 条记录，{time} 签名', key: '公钥摘要', keyHelp: '请与考核办公开的公钥摘要核对。',
  },
  audit: {
    time: '时间', event: '事项', outcome: '结果', actor: '经办人', person: '涉及人员', subject: '涉及', address: '来源地址', count: '次数', allEvents: '全部事项', allOutcomes: '全部结果', personId: '人员账号', from: '自', to: '至', caption: '审计记录，新的在前', unknown: '未知', download: '下载本页（CSV）',
    events: {
      sign_in: '登录', sign_out: '退出登录', raise: '再次验证密码', session_end: '结束会话', password: '修改密码', factor_on: '启用动态验证码', factor_off: '停用动态验证码', token_make: '申请访问令牌', token_revoke: '撤销访问令牌', account_make: '开立账号', account_reset: '重置密码', account_close: '注销账号', read: '查阅个人信息', export: '导出数据', rights: '变更人员或任职', given_up: '放弃推送通知', lost: '审计记录未能保存',
    },
    subjects: { accounts: '账号名录', sessions: '会话', person: '人员', post: '任职', audit: '审计记录', journal: '整个账本' },
    outcomes: { begun: '开始', done: '完成', refused: '未通过', locked: '未通过，账号暂停登录' },
  },
  raise: { title: '请再次输入密码', help: '办理此事须在近十分钟内验证过密码。', go: '验证并继续' },
  own: {
    sessionsHelp: '您的账号在下列浏览器登录。有不认识的，请立即结束并更改密码。', endOthers: '结束其他会话', othersEnded: '其他会话已全部结束。',
    tokens: '程序令牌', tokensHelp: '供程序代您报送或读取数据，权限不超过您的任职。请勿转交他人；不用的请及时撤销。', noTokens: '没有令牌。', make: '申请令牌', name: '用途', nameHelp: '如：统计系统每月报数', roles: '以何角色行事', units: '仅限单位', unitsHelp: '单位标识，以空格分隔，不填为不限', last: '截止日（最长一年）',
    told: '令牌已生成', toldHelp: '仅显示这一次，请抄存至程序的配置中；程序以 Authorization: Bearer 携带。', until: '有效至 {time}', used: '最近使用 {time}', unused: '尚未使用', revoke: '撤销', sureRevoke: '撤销后，使用“{name}”的程序随即不能访问。', revoked: '已撤销“{name}”。',
  },
  health: {
    figures: '服务运行', ready: '服务就绪。', unready: '服务未就绪：{why}', since: '版本 {version}，{time} 启动', what: '项目', value: '情况', good: '是否正常', isGood: '正常', isBad: '须处理', seconds: '不超过 {seconds} 秒', beyond: '超过 10 秒', span: '{days} 天 {hours} 小时 {minutes} 分',
    lines: { uptime: '已运行', requests: '已处理请求', failed: '服务器出错的请求', within: '95% 的请求用时', limited: '因过于频繁被拒的请求', connections: '当前连接', waiting: '排队的请求', streams: '实时推送连接', signIns: '登录成功', refused: '登录未通过', sessions: '有效会话', tokens: '有效令牌', entries: '账本记录', behind: '结果尚未计入的记录', liveFailures: '重新计分失败', storeErrors: '存储故障', auditLost: '未能保存的审计记录', logDropped: '丢弃的日志', givenUp: '放弃推送的通知', foreign: '发现其他进程写入', memory: '占用内存', files: '打开的文件' },
    doctor: '账本运行条件', doctorHelp: '检查存储及参数、密钥、写入者、磁盘和时钟，同命令 baton doctor。', allGood: '各项正常。', notGood: '有须处理的事项，见下列标 ✕ 的各项。', again: '重新检查',
    backup: '备份', backupHelp: '备份是整个账本的一个文件，写出时逐条核验，期间不影响办理业务。签名密钥不在其中，须另行保管。', take: '下载备份', last: '您最近一次下载：{time}', never: '您尚未下载过备份。', toVerify: '对账本作全面核验', keys: '密钥与证书', transport: '本页传输', secure: '经 HTTPS 加密', insecure: '未经加密（HTTP）：仅可在本机或经加密的代理使用', keysHelp: '更换签名密钥、检查 TLS 证书，须在服务器上以命令 baton key、baton doctor --config 办理。',
  },
  proposals: {
    states: { open: '待决定', accepted: '已同意', refused: '不同意', withdrawn: '已撤回' }, caption: '提请事项，新的在前', none: '没有待决定的事项', noneOther: '没有此类事项', by: '提请人', time: '提请时间', what: '内容', expires: '决定期限', reason: '理由', title: '第 {number} 号提请', open: '查看第 {number} 号提请', before: '现行', decided: '办结记录', noExpiry: '不限',
    accept: '同意', refuse: '不同意', withdraw: '撤回提请', why: '理由', whyHelp: '不同意或撤回须写明理由', own: '本人提请的事项须由他人决定；在决定前可以撤回。', reader: '由考核办或考核委员会的另一人决定。', done: { accepted: '已同意第 {number} 号提请，其内容已入账。', refused: '已决定不同意第 {number} 号提请。', withdrawn: '已撤回第 {number} 号提请。' }, sure: '请核对以上内容后决定；决定即入账，不能更改。', proof: '查看记录与凭证', entries: '入账内容',
  },
  people: {
    between: '；',
    person: '人员', id: '账号', name: '姓名', note: '说明', posts: '今日任职', account: '账号状态', filter: '查找姓名、账号、单位', allRoles: '全部角色', all: '全部人员', idle: '今日无任职', shown: '共 {all} 人，显示 {some} 人', more: '再显示 {count} 人', caption: '人员及今日任职', none: '没有相符的人员', erased: '（姓名已删除）', open: '查看{name}的任职和账号',
    register: '登记人员', registerHelp: '登记后即可任职；账号供其登录。标识一经使用不得改指他人。', idHelp: '字母、数字、点或汉字，如 zhang.san', save: '登记', saved: '已登记{name}。', correct: '更正姓名或说明', corrected: '已更正。', reason: '理由', submit: '提交',
    role: '角色', unit: '单位', unitHelp: '单位标识，不填为不限', assessment: '考核', indicator: '指标或板块', from: '自', to: '至', open_end: '未定', deputy: '副职代理', anyAssessment: '全部考核', allPosts: '任职', noPosts: '没有任职。', when: { now: '现任', later: '待任', over: '已任满' },
    give: '新增任职', given: '任职已入账。', handover: '交接', handoverTitle: '交接：{role}', handoverHelp: '原任于前一日止，接任人自该日起以同一任职履职。', successor: '接任人账号', firstDay: '接任首日', handedOver: '交接已入账。', end: '结束任职', endTitle: '结束任职：{role}', lastDay: '末日', ended: '任职已改为至 {day} 止。',
    accounts: { none: '无账号', first: '待首次登录', expired: '密码已到期', good: '正常' }, made: '开立', changed: '密码设定', expires: '密码到期', make: '开立账号', reset: '重置密码', close: '注销账号', firstTitle: '{name}的初始密码', firstHelp: '仅显示这一次，请抄交本人。七日内有效，首次登录须更改。', copied: '已抄存', sureReset: '重置后，{name}的会话、令牌和动态验证码随即失效，须用新的初始密码登录。', sureClose: '注销后，{name}不能登录；已入账的记录不受影响。', closed: '账号已注销。', hidden: '账号由安全管理员管理。',
    sessions: '登录会话', noSessions: '现无会话。', begun: '登录', seen: '最近使用', address: '地址', agent: '浏览器', endSession: '结束', endAll: '结束全部会话', sessionEnded: '会话已结束。', present: '当前会话', unknown: '未知',
  },
  verify: {
    head: '最新凭证', headHelp: '凭证是对账本截至某一时刻的签名。请定期下载，存放于考核办接触不到的地方；日后可据以证明账本此后只增不改。', size: '记录数', time: '签名时间', root: '根摘要', key: '公钥摘要', download: '下载凭证', ledger: '账本', algorithms: '算法', created: '建立时间',
    kept: '与留存的凭证核对', keptHelp: '请选择以前留存的凭证或回执文件，或将其内容粘贴在此。本页向服务器索取证明并自行计算，不采信服务器的结论。', choose: '选择文件', paste: '粘贴凭证内容', compare: '核对',
    malformed: '这不是凭证或回执：其内容应以 baton-head 1 或 baton-receipt 1 开头，且未经改动。', other: '这是账本“{ledger}”的凭证，不属于本账本。',
    extends: '核对通过：{time} 留存的前 {size} 条记录一字未改，此后新增 {added} 条。', rewritten: '核对未通过：现账本不是所存凭证对应账本的延续，账本可能被改写。请立即保全所存凭证和账本备份，并报告考核委员会。', newer: '所存凭证有 {size} 条记录，多于现账本：账本可能被回退，请立即报告考核委员会。',
    steps: { kept: '所存凭证的签名有效', keptKey: '所存凭证的公钥与其摘要一致', now: '最新凭证的签名有效', nowKey: '最新凭证的公钥与其摘要一致', path: '现账本包含所存凭证的全部记录', sameKey: '两份凭证用同一密钥签名' }, partly: '现账本包含 {time} 留存的前 {size} 条记录，此后新增 {added} 条；下列未核验的事项本浏览器无法核验。', keyChanged: '其间更换过密钥；更换是否经双方签名，由下方“全面核验”核验。',
    whole: '全面核验', wholeHelp: '逐条重读账本，核验全部签名、内容和各表，并重新计算已公布的结果。用时随账本大小而定，可离开本页。', begin: '开始核验', running: '正在核验', journal: '正在核验账本、各表和内容', postings: '正在重算已公布的结果', none: '服务启动以来尚未核验。', holdsWhole: '核验通过：账本与其所载一致。', failed: '核验未通过', by: '{person} 于 {begun} 发起，{ended} 完成',
    facts: '记录', heads: '签名凭证', contents: '内容', erased: '其中已删除', counted: '已公布结果（重算后逐字节相同）', progress: '{done} / {of}',
  },
}
export default zh
