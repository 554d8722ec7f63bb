/** What holds for every operation, told once on the first page of /docs. */
export const OVERVIEW = `<h2 id="first">First call</h2>
<div class="sample"><p class="head">As a command line<button type="button" class="copy" hidden>Copy</button></p><pre><code>export COMPTOIR_URL=http://127.0.0.1:8080 COMPTOIR_API_KEY=...
curl "$COMPTOIR_URL/v1/events?limit=1" -H "Authorization: Bearer $COMPTOIR_API_KEY"</code></pre></div>
<p>The first start prints a key of the administrator. <a href="/docs/keys-and-tenants">More keys</a> can do less: each operation names the
permission that it needs, and whoever lacks it is told so with <a href="/docs/errors#FORBIDDEN"><code>FORBIDDEN</code></a>.</p>
<h2 id="general">What holds everywhere</h2>
<dl class="rules">
<dt>Credentials</dt><dd><code>Authorization: Bearer KEY</code> or <code>X-Api-Key: KEY</code>. A signed-in person has a cookie, and sends the header
<code>X-CSRF-Token</code> with every method but GET and HEAD. Unknown and foreign ids answer alike: <a href="/docs/errors#NOT_FOUND"><code>NOT_FOUND</code></a>.</dd>
<dt>Repeating</dt><dd>With an <code>Idempotency-Key</code> a command is done once, and a key, tenant, device or webhook made once, however often
it is sent: the first answer comes back for seven days,
marked <code>Idempotent-Replayed: true</code>. The same key with another body is
<a href="/docs/errors#IDEMPOTENCY_MISMATCH"><code>IDEMPOTENCY_MISMATCH</code></a>.</dd>
<dt>Two at once</dt><dd>Details carry an <code>ETag</code>, their version. Sent back as <code>If-Match: "7"</code>, a command is done to that version or not
at all: <a href="/docs/errors#PRECONDITION_FAILED"><code>PRECONDITION_FAILED</code></a>.</dd>
<dt>Reading what was written</dt><dd>Every command answers with a <code>cursor</code>. With <code>?wait=CURSOR</code> a list holds what the command did.</dd>
<dt>The past</dt><dd>With <code>?at=2026-11-12T19:30:00Z</code> lists and details answer as of that time. <code>/history</code> tells what each event changed.</dd>
<dt>Pages</dt><dd>Lists answer <code>{items, next, more}</code>: go on with <code>?after=NEXT</code> while <code>more</code> is true.</dd>
<dt>Live</dt><dd>Addresses that end in <code>/live</code> or <code>/tail</code> answer with server-sent events and resume after <code>Last-Event-ID</code>.</dd>
<dt>Ids</dt><dd>At most 128 letters, digits and <code>. _ ~ -</code>, beginning with a letter or digit.</dd>
<dt>Money and time</dt><dd><code>{"amount": 1250, "currency": "EUR"}</code> is 12.50 euro: whole minor units. Times are RFC 3339 with their zone.</dd>
<dt>Errors</dt><dd><code>application/problem+json</code> with <code>code</code>, <code>detail</code>, <code>traceId</code>, and <code>errors[]</code> for input that
was refused field by field. What every operation with a credential may answer is not repeated below:
<a href="/docs/errors#UNAUTHENTICATED"><code>UNAUTHENTICATED</code></a>, <a href="/docs/errors#FORBIDDEN"><code>FORBIDDEN</code></a>,
<a href="/docs/errors#RATE_LIMITED"><code>RATE_LIMITED</code></a>, <a href="/docs/errors#OVERLOADED"><code>OVERLOADED</code></a>,
<a href="/docs/errors#UNAVAILABLE"><code>UNAVAILABLE</code></a>. After the last three, wait for <code>Retry-After</code> seconds.</dd>
</dl>`;
