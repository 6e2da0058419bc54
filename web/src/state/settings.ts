// What a reader has chosen, kept on this computer: nothing of it tells who they are.
import { useLocalStorage, usePreferredDark } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, watchEffect } from 'vue'
import { i18n, type Language } from '../words'

export const useSettings = defineStore('settings', () => {
  const language = useLocalStorage<Language>('baton.language', 'zh')
  const theme = useLocalStorage<'auto' | 'light' | 'dark'>('baton.theme', 'auto')
  const density = useLocalStorage<'dense' | 'comfortable'>('baton.density', 'dense')
  const signs = useLocalStorage<'auto' | 'red' | 'green'>('baton.signs', 'auto')
  const systemDark = usePreferredDark()
  const isDark = computed(() => (theme.value === 'auto' ? systemDark.value : theme.value === 'dark'))
  // Chinese readers expect rises in red, English ones in green.
  const risesRed = computed(() => (signs.value === 'auto' ? language.value === 'zh' : signs.value === 'red'))

  watchEffect(() => {
    const root = document.documentElement
    i18n.global.locale.value = language.value === 'en' ? 'en' : 'zh'
    root.lang = language.value === 'en' ? 'en' : 'zh-CN'
    root.classList.toggle('dark', isDark.value)
    root.classList.toggle('comfortable', density.value === 'comfortable')
    root.classList.toggle('rises-red', risesRed.value)
  })
  return { language, theme, density, signs, isDark }
})
