import type zh from './admin-zh'

const admin: typeof zh = {
  pages: { journal: 'Journal', audit: 'Audit records', verify: 'Verify', people: 'People', health: 'Health', proposals: 'To be decided' },
  help: {
    proposals: 'What takes a second person: corrections of what is posted, postings, exceptions, schemes; and what became of it. A number opens what is proposed, what it would replace and why, to be accepted or refused; your own somebody else decides.',
    health: 'Whether the server is ready, what it counts and what the ledger stands on, with what is to be seen to marked ✕; and backups. It is read anew every ten seconds; what the ledger stands on, when you ask.',
    people: 'Everybody with their posts of today and their account. A name opens posts, handing over, account and sessions; each act takes your password, and stands in the journal.',
    journal: 'The entries of the journal: who said, corrected, proposed or decided what, and when; the newest first. A number opens the entry, with its receipt, which is checked before your eyes.',
    audit: 'Who signed in, read personal data, took data out or changed accounts, the newest first; by person, event, outcome and day. A number opens the record with its proof.',
    verify: 'The newest head, to be kept; a head that was kept, held against the journal, to see that it was only added to; and a verification of the whole ledger. What is compared is worked out in this page.',
  },
}
export default admin
