// What the pages of the administration are called, and what they are for; their other words stand in admin/zh.ts.
const admin = {
  pages: { journal: '账本记录', audit: '审计记录', verify: '账本核验', people: '人员任职', health: '运行状况' },
  help: {
    health: '本页显示服务是否就绪、运行情况和账本的运行条件，须处理的标 ✕；并可下载备份。各项每十秒更新一次，运行条件可点“重新检查”。',
    people: '本页列出全部人员、今日任职和账号状态。点击姓名可办理任职、交接、账号和会话；办理须再次验证密码，均记入账本。',
    journal: '本页逐条列出账本中的记录：谁于何时填报、更正、提请或决定了什么，新的在前。点击编号可查看全文，取回执并当场核验该记录在账本中未被改动。',
    audit: '本页列出登录、查阅个人信息、导出数据和账号变动等操作，新的在前，可按人员、事项、结果和日期查找。点击编号可核验该条记录。',
    verify: '本页可下载账本的最新凭证留存，与以前留存的凭证核对账本是否只增不改，并对整个账本作全面核验。核对由本页自行计算，不采信服务器的结论。',
  },
}
export default admin
