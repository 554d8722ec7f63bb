/** Looks again how far the order is while the page is on the screen. Without it the link of the page does the same. */
const FAILURES_MAX = 30;
let failures = 0;

function again() {
  const seconds = Number(document.getElementById('order')?.dataset.again ?? 0);
  if (seconds > 0 && failures < FAILURES_MAX) setTimeout(look, seconds * 1000);
}

async function look() {
  if (document.hidden) {
    document.addEventListener('visibilitychange', () => void look(), { once: true });
    return;
  }
  try {
    const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
    if (!answer.ok) throw new Error(String(answer.status));
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const now = document.getElementById('order');
    const then = fresh.getElementById('order');
    // Only what changed is put in, so that nothing is read out twice and no focus is lost.
    if (now && then) {
      now.dataset.again = then.dataset.again ?? '0';
      [...then.children].forEach((part, index) => {
        const old = now.children[index];
        if (old === undefined) now.append(part.cloneNode(true));
        else if (old.innerHTML !== part.innerHTML)
          old.replaceChildren(...part.cloneNode(true).childNodes);
      });
      while (now.children.length > then.children.length) now.lastElementChild.remove();
    }
    failures = 0;
  } catch {
    failures += 1;
  }
  again();
}

again();
