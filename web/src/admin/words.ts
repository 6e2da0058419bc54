// The words of the administration come with its pages, not with the first one: whoever looks at a league table need not read them.
import { i18n } from '../words'
import en from './en'
import zh from './zh'

// vue-i18n takes `@` in a message for a link; it stands in names of fields only, which are keys.
const messages = i18n.global as unknown as { mergeLocaleMessage(language: string, words: object): void }
messages.mergeLocaleMessage('zh', { admin: zh })
messages.mergeLocaleMessage('en', { admin: en })
