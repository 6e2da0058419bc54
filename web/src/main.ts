import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { router } from './router'
import { i18n } from './words'
import 'element-plus/theme-chalk/base.css'
import 'element-plus/theme-chalk/dark/css-vars.css'
import './base.css'
import './style/tables.css'
import './style/league.css'
import './style/other.css'
import './style/fill.css'
import './style/phone.css'

// The page that is asked for most is fetched while it is found out who is signed in.
if (/^\/(table)?$/.test(location.pathname)) void import('./pages/LeagueTable.vue')

const app = createApp(App)
app.use(createPinia())
app.use(i18n)
app.use(router)
app.mount('#app')
