/** Every word that the page shows. English for now; a second language is a second object of this shape. */
export const WORDS = {
  health: { good: 'Ready', waiting: 'Connecting', bad: 'Not ready' },
  signIn: {
    title: 'Open the counter',
    hint: 'Paste an API key with the scope events:read. It was printed when the server first started, and it stays in this browser tab only.',
    label: 'API key',
    button: 'Open',
    missing: 'Paste a key first.',
  },
  signOut: 'Forget the key',
  figures: {
    title: 'Right now',
    acceptedPerSecond: 'Events / s',
    duplicatesPerSecond: 'Duplicates / s',
    rejectedPerSecond: 'Rejected / s',
    appendP95Ms: 'Commit, p95',
    queueLength: 'Waiting',
    rss: 'Memory',
    gap: '–',
    noScope: 'Live figures need a key with the scope metrics:read.',
  },
  events: {
    title: 'Latest events',
    recorded: 'Recorded',
    type: 'Type',
    subject: 'Subject',
    source: 'Source',
    id: 'Id',
    position: 'Position',
    following: 'Following new events as they come.',
    emptyTitle: 'Nothing has happened in the last ten minutes',
    emptyHint:
      'Events that you send appear here within a second. Send some made-up ones to see it work:',
    emptyCommand: 'npm run comptoir -- simulate --rate 20 --seconds 30',
  },
  problems: {
    refused:
      'This key is not accepted. It may have been revoked, or it lacks the scope that this page needs.',
    gone: 'The server does not answer. Everything acknowledged is kept; this page tries again by itself.',
    dropped: 'The server closed the feed. It is opened again where it was left.',
    failed: 'The server answered with an error. This page tries again by itself.',
  },
};
