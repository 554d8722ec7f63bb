/** Prints a text alone, in a frame of its own, so that nothing of the screen comes out of the printer. */
export function printText({
  text,
  title,
}: {
  readonly text: string;
  readonly title: string;
}): void {
  const frame = document.createElement('iframe');
  frame.setAttribute('aria-hidden', 'true');
  frame.tabIndex = -1;
  frame.className = 'sr-only';
  document.body.append(frame);
  const page = frame.contentDocument;
  if (page === null) {
    frame.remove();
    return;
  }
  page.title = title;
  const paper = page.createElement('pre');
  paper.textContent = text;
  // Properties set by script, which the page's policy allows; a style attribute in text it would not.
  paper.style.font = '12px/1.3 "JetBrains Mono Variable", ui-monospace, monospace';
  page.body.append(paper);
  frame.contentWindow?.addEventListener('afterprint', () => frame.remove(), { once: true });
  frame.contentWindow?.print();
}
