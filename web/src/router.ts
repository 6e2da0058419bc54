import { createRouter, createWebHistory } from 'vue-router'
import { sidesOf } from './roles'
import { useSession } from './state/session'

// Who may open a page that is not for everybody; what it may read decides the server.
const recordReaders = ['auditor', 'office', 'committee']

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/', name: 'first', component: () => import('./pages/NoPage.vue') },
    { path: '/sign-in', name: 'sign-in', component: () => import('./pages/SignIn.vue'), meta: { open: true } },
    { path: '/table', name: 'table', component: () => import('./pages/LeagueTable.vue') },
    { path: '/brief', name: 'brief', component: () => import('./pages/LeaderBrief.vue') },
    { path: '/indicator', name: 'indicator', component: () => import('./pages/IndicatorPage.vue') },
    { path: '/matrix', name: 'matrix', component: () => import('./pages/UnitMatrix.vue') },
    { path: '/fill', name: 'fill', component: () => import('./pages/FillIn.vue') },
    { path: '/sign', name: 'sign', component: () => import('./pages/SignOff.vue') },
    { path: '/check', name: 'check', component: () => import('./pages/CheckFigures.vue') },
    { path: '/screen', name: 'screen', component: () => import('./pages/LobbyScreen.vue'), meta: { bare: true } },
    { path: '/unit', name: 'unit', component: () => import('./pages/UnitCard.vue') },
    { path: '/why', name: 'why', component: () => import('./pages/WhyScore.vue') },
    { path: '/posting', name: 'posting', component: () => import('./pages/ResultPosting.vue'), meta: { bare: true } },
    { path: '/audit', name: 'audit', component: () => import('./pages/AuditRecords.vue'), meta: { for: ['auditor'] } },
    { path: '/verify', name: 'verify', component: () => import('./pages/VerifyLedger.vue'), meta: { for: ['auditor', 'system_admin'] } },
    { path: '/people', name: 'people', component: () => import('./pages/PeoplePosts.vue'), meta: { for: ['security_admin', 'office', 'auditor'] } },
    { path: '/health', name: 'health', component: () => import('./pages/ServerHealth.vue'), meta: { for: ['system_admin', 'auditor'] } },
    { path: '/proposals', name: 'proposals', component: () => import('./pages/ProposalList.vue'), meta: { for: ['office', 'committee', 'owner', 'unit', 'approver', 'supervisor', 'auditor'] } },
    { path: '/workshop', name: 'workshop', component: () => import('./pages/SchemeWorkshop.vue'), meta: { for: ['office'] } },
    { path: '/journal', name: 'journal', component: () => import('./pages/JournalBrowser.vue'), meta: { for: recordReaders } },
    { path: '/notices', name: 'notices', component: () => import('./pages/NoticeList.vue') },
    { path: '/glossary', name: 'glossary', component: () => import('./pages/WordList.vue') },
    { path: '/account', name: 'account', component: () => import('./pages/MyAccount.vue') },
    { path: '/:rest(.*)*', name: 'missing', component: () => import('./pages/NoPage.vue') },
  ],
})

router.beforeEach(async (to) => {
  const session = useSession()
  try {
    await session.load()
  } catch {
    return true // the page itself says that the server is not reached
  }
  if (!session.session && !to.meta.open) return { name: 'sign-in', query: to.path === '/' ? {} : { to: to.fullPath } }
  if (session.session && (to.name === 'sign-in' || to.name === 'first')) return { name: sidesOf(session.roles)[0]!.name }
  if (session.isFactorDue && to.name !== 'account') return { name: 'account' }
  return true
})
