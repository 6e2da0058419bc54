// The words of the pages, in two languages. Chinese is whole; English has the same keys, or it does not compile.
import { createI18n } from 'vue-i18n'
import en from './en'
import zh from './zh'

export type Language = 'zh' | 'en'

// A page that has a name and a help.
export type PageName = keyof typeof zh.pages & keyof typeof zh.help

export const i18n = createI18n({
  legacy: false,
  locale: 'zh' as Language,
  fallbackLocale: 'zh',
  messages: { zh, en },
})

// A title of the server's: in one language or both.
export interface Texts {
  zh?: string
  en?: string
}

export function textOf(texts: Texts | undefined, language: Language, otherwise = ''): string {
  if (!texts) return otherwise
  const [first, second] = language === 'zh' ? [texts.zh, texts.en] : [texts.en, texts.zh]
  return first ?? second ?? otherwise
}
