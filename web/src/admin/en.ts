import type zh from './zh'

// The same keys as in Chinese, or it does not compile.
type Words<T> = { [K in keyof T]: T[K] extends string ? string : Words<T[K]> }

const en: Words<typeof zh> = {
  list: { newest: 'Newest', older: 'Older', newer: 'Newer', range: 'No. {from} to {to}', none: 'No such records', noneNext: 'Please ask for less.', part: 'Looked through down to no. {number} without finding more; you can go on looking.', clear: 'Clear the filters' },
  kinds: {
    ledger: 'ledger', key: 'change of key', person: 'person', post: 'post', scheme: 'version of the scheme', unit: 'unit', succession: 'succession', target: 'target', observation: 'figure', adjustment: 'adjustment', evidence: 'evidence', proposal: 'proposal', decision: 'decision', withdrawal: 'withdrawal of a proposal', posting: 'posted result',
    erasure: 'erasure', term: 'term of retention', day: 'day of the calendar', calendar: 'rule of the calendar', period: 'opened period', exception: 'exception', report: 'report', sharing: 'sharing of a figure', permitted: 'permitted request', registration: 'registered assessment', quota: 'limit of assessments', effort: 'minutes of work', audit: 'audit record',
  },
  fields: {
    unit: 'unit', element: 'data element', period: 'period', value: 'value', indicator: 'indicator', target: 'target', baseline: 'baseline', person: 'person', role: 'role', from: 'from', to: 'to', assessment: 'assessment', deputy: 'as a deputy', id: 'id', name: 'name', name_en: 'name in English', note: 'note', state: 'state', source: 'source', document: 'document',
    stage: 'stage', reporter: 'reported by', drafter: 'drafted by', returns: 'times returned', reopened: 'reopened', reason: 'reason', item: 'item', points: 'points', count: 'count', level: 'level', honour: 'honour', issued: 'issued', proposal: 'proposal no.', verdict: 'verdict', content: 'content', media: 'media type', size: 'size', opens: 'opens', due: 'due', grace: 'grace', locks: 'locks',
    group: 'group', parent: 'above it', kind: 'kind', order: 'order', joined: 'joined', left: 'left', event: 'event', outcome: 'outcome', subject: 'subject', address: 'address', scheme: 'scheme', engine: 'version of the program', digest: 'digest', table: 'table', in_force: 'in force from', basis: 'basis', public_key: 'public key', signature: 'signature', expires: 'to be decided by',
    '@corrects': 'corrects no.', '@reason': 'reason', '@withdrawn': 'withdrawn', '@evidence': 'evidence', '@proposal': 'by proposal no.', '@key': 'key',
  },
  journal: {
    number: 'No.', time: 'Time', kind: 'Kind', actor: 'By', assessment: 'Assessment', words: 'What it says', all: 'All kinds', allAssessments: 'All assessments', actorId: 'Person’s id', day: 'Up to a day', goTo: 'Go to no.', go: 'Go', program: 'the program',
    caption: 'Entries of the journal, the newest first', total: 'The journal has {size} entries.', entry: 'Entry no. {number}', open: 'Show entry no. {number}', ofLedger: 'the ledger as a whole', outside: 'stands outside of the journal; digest {digest}', fetch: 'Fetch it', proposed: 'proposed: {kind}', field: 'Field', says: 'Says', none: 'The journal has no entry no. {number}.', auditApart: 'Who signed in, read or took data out stands in the audit records, not here.',
    copied: 'Copied', previous: 'The one before', following: 'The next one',
  },
  proof: {
    title: 'Proof', help: 'All of this is worked out by this page from the receipt; the server is not believed.', check: 'Fetch the receipt and check it', checking: 'Checking…', download: 'Download the receipt', again: 'Check again',
    holds: 'It holds: this entry has stood in the journal as no. {number} since {time}, unchanged.', fails: 'It does not hold: receipt and entry differ. Keep the receipt and tell the committee.', partly: 'All but the signature was checked. This browser cannot check such a signature: run baton verify --receipt on the receipt you download.',
    steps: { form: 'The receipt is well formed and of this number', says: 'The entry in the receipt says exactly what is shown above', leaf: 'The digest of the entry is right', path: 'It leads to the root of the head in {count} steps', key: 'The public key has the digest that the head names', signature: 'The signature on the head is valid' },
    yes: 'holds', no: 'does not hold', unknown: 'not checked', head: 'By the head', headIs: 'of the first {size} entries, signed {time}', key: 'Digest of the key', keyHelp: 'Compare it with the one that the office has published.',
  },
  audit: {
    time: 'Time', event: 'What', outcome: 'Outcome', actor: 'By', person: 'About', subject: 'Subject', address: 'From', count: 'Times', allEvents: 'All events', allOutcomes: 'All outcomes', personId: 'Person’s id', from: 'From', to: 'To', caption: 'Audit records, the newest first', unknown: 'not known', download: 'Download this page (CSV)',
    events: {
      sign_in: 'signing in', sign_out: 'signing out', raise: 'password given once more', session_end: 'ending sessions', password: 'changing the password', factor_on: 'second factor turned on', factor_off: 'second factor turned off', token_make: 'making a token', token_revoke: 'revoking a token', account_make: 'making an account', account_reset: 'resetting a password', account_close: 'closing an account', read: 'reading personal data', export: 'taking data out', rights: 'changing who may what', given_up: 'giving up the delivery of a notice', lost: 'audit records that had no room',
    },
    subjects: { accounts: 'list of accounts', sessions: 'sessions', person: 'persons', post: 'posts', audit: 'audit records', journal: 'the whole journal' },
    outcomes: { begun: 'begun', done: 'done', refused: 'refused', locked: 'refused, and the account has to wait' },
  },
  raise: { title: 'Your password once more', help: 'This takes a password that was given within the last ten minutes.', go: 'Go on' },
  own: {
    sessionsHelp: 'Your account is signed in with these browsers. End what you do not know, and change your password.', endOthers: 'End all others', othersEnded: 'All other sessions have ended.',
    tokens: 'Tokens for programs', tokensHelp: 'A program brings or reads figures for you, within your posts. Give it to nobody else, and revoke what is not used.', noTokens: 'None.', make: 'Make a token', name: 'What it is for', nameHelp: 'such as: monthly figures of the statistics system', roles: 'Acts in the roles', units: 'Only for units', unitsHelp: 'ids of units, separated by spaces; none: all', last: 'Last day (a year at most)',
    told: 'The token', toldHelp: 'Shown this once: put it into the configuration of the program, which sends it as Authorization: Bearer.', until: 'until {time}', used: 'last used {time}', unused: 'not used yet', revoke: 'Revoke', sureRevoke: 'The program that uses “{name}” is shut out at once.', revoked: '“{name}” is revoked.',
  },
  people: {
    person: 'Person', id: 'Id', name: 'Name', note: 'Note', posts: 'Posts today', account: 'Account', filter: 'Find a name, id, unit', allRoles: 'All roles', all: 'Everybody', idle: 'Without a post today', shown: '{some} of {all}', more: 'Show {count} more', caption: 'Persons and their posts of today', none: 'No such persons', erased: '(name erased)', open: 'Show posts and account of {name}',
    register: 'Register a person', registerHelp: 'Whoever is registered can hold posts; an account lets them sign in. An id that was used is never given to somebody else.', idHelp: 'letters, digits, dots or Chinese characters, such as zhang.san', save: 'Register', saved: '{name} is registered.', correct: 'Correct name or note', corrected: 'Corrected.', reason: 'Reason', submit: 'Submit',
    role: 'Role', unit: 'Unit', unitHelp: 'id of the unit; none: of all', assessment: 'Assessment', indicator: 'Indicator or block', from: 'From', to: 'To', open_end: 'not said', deputy: 'As a deputy', anyAssessment: 'all assessments', allPosts: 'Posts', noPosts: 'No posts.', when: { now: 'held', later: 'to come', over: 'over' },
    give: 'Give a post', given: 'The post is stored.', handover: 'Hand over', handoverTitle: 'Hand over: {role}', handoverHelp: 'The post ends the day before, and the same post begins for the other person on that day.', successor: 'Id of who takes it', firstDay: 'First day', handedOver: 'It is handed over.', end: 'End', endTitle: 'End the post: {role}', lastDay: 'Last day', ended: 'The post ends on {day}.',
    accounts: { none: 'none', first: 'not signed in yet', expired: 'password expired', good: 'in use' }, made: 'Made', changed: 'Password set', expires: 'Password ends', make: 'Make an account', reset: 'Reset the password', close: 'Close the account', firstTitle: 'First password of {name}', firstHelp: 'Shown this once: hand it to them. It lasts seven days and has to be changed at the first sign-in.', copied: 'I have it', sureReset: 'Sessions, tokens and the second factor of {name} end, and they sign in with the new first password.', sureClose: '{name} cannot sign in any more; what they said stays.', closed: 'The account is closed.', hidden: 'Accounts are tended by the security administrator.',
    sessions: 'Sessions', noSessions: 'None at present.', begun: 'Signed in', seen: 'Last used', address: 'From', agent: 'Browser', endSession: 'End', endAll: 'End all sessions', sessionEnded: 'The session has ended.', present: 'this one', unknown: 'not known',
  },
  verify: {
    head: 'Newest head', headHelp: 'A head is a signature over the journal as it stands. Download one from time to time and keep it where the office cannot reach it: it proves later that the journal was only added to since.', size: 'Entries', time: 'Signed', root: 'Root', key: 'Digest of the key', download: 'Download the head', ledger: 'Ledger', algorithms: 'Algorithms', created: 'Made',
    kept: 'Compare with a head that was kept', keptHelp: 'Choose the file of a head or receipt that was kept, or paste its text. This page asks the server for the proof and works it out itself; the server is not believed.', choose: 'Choose a file', paste: 'Text of the head', compare: 'Compare',
    malformed: 'This is neither a head nor a receipt: it has to begin with baton-head 1 or baton-receipt 1, and be unchanged.', other: 'This is a head of the ledger “{ledger}”, not of this one.',
    extends: 'It holds: the first {size} entries, as kept {time}, are unchanged; {added} came after them.', rewritten: 'It does not hold: the journal does not extend the one of which the head was kept. It may have been rewritten. Secure the head and a backup at once, and tell the committee.', newer: 'The head that was kept is of {size} entries, more than the journal has: it may have been put back. Tell the committee at once.',
    steps: { kept: 'The signature on the kept head is valid', keptKey: 'Its key has the digest that it names', now: 'The signature on the newest head is valid', nowKey: 'Its key has the digest that it names', path: 'The journal holds all entries of the kept head', sameKey: 'Both were signed with the same key' }, partly: 'The journal holds the first {size} entries as kept {time}; {added} came after them. What is marked as not checked this browser cannot check.', keyChanged: 'The key was changed in between; whether both keys signed the change is verified below.',
    whole: 'Verify all of it', wholeHelp: 'Reads the journal again entry by entry, verifies every signature, content and table, and scores posted results anew. It takes as long as the ledger is large; you may leave this page.', begin: 'Begin', running: 'Verifying', journal: 'The journal, its tables and contents', postings: 'Posted results are scored again', none: 'Nothing was verified since the server started.', holdsWhole: 'It holds: the ledger is what it says.', failed: 'It does not hold', by: 'begun by {person} {begun}, ended {ended}',
    facts: 'Entries', heads: 'Signed heads', contents: 'Contents', erased: 'of them erased', counted: 'Posted results (scored to the same bytes)', progress: '{done} of {of}',
  },
}
export default en
