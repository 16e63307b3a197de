import type { KeptMail } from './mailbox.ts';

/** The list of mails, the newest first. */
export function listPage(mails: readonly KeptMail[], appUrl: string): string {
  const rows = mails.map(
    (mail) => `<li><a href="/mails/${mail.id}">
<span class="subject">${escape(mail.subject || '(no subject)')}</span>
<span class="facts">${escape(mail.to)} · ${moment(mail.at)}</span></a></li>`,
  );
  const list = rows.length
    ? `<ol>${rows.join('\n')}</ol>
<form method="post" action="/clear"><button>Remove all</button></form>`
    : `<p class="empty"><strong>No mail yet</strong><br>What BQS and its identity server send lands here within
a few seconds: assign an opportunity to somebody, say.</p>`;
  return page('Mails', appUrl, `<h1>Mails <small>${mails.length}</small></h1>${list}`);
}

/** One mail: who, what, its text, and its HTML where no script of its own runs. */
export function mailPage(mail: KeptMail, appUrl: string): string {
  const html = mail.html
    ? `<h2>As HTML</h2><iframe title="The mail as HTML" src="/mails/${mail.id}/html"
sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>`
    : '';
  const text = mail.text === null ? '' : `<h2>As text</h2><pre>${linked(mail.text)}</pre>`;
  return page(
    mail.subject,
    appUrl,
    `<p><a href="/">All mails</a></p>
<h1>${escape(mail.subject || '(no subject)')}</h1>
<dl><dt>To</dt><dd>${escape(mail.to)}</dd><dt>From</dt><dd>${escape(mail.from)}</dd>
<dt>At</dt><dd>${moment(mail.at)}</dd></dl>${html}${text}`,
  );
}

/** The page for what is not there. */
export function missingPage(appUrl: string): string {
  const words = 'There is no such mail. Only the latest are kept.';
  return page('No such mail', appUrl, `<h1>${words}</h1><p><a href="/">All mails</a></p>`);
}

function linked(text: string): string {
  return escape(text).replace(
    /https?:\/\/[^\s<]+[^\s<.,:;)]/g,
    (url) => `<a href="${url}">${url}</a>`,
  );
}

function moment(at: string): string {
  return `<time datetime="${at}">${at.slice(0, 19).replace('T', ' ')} UTC</time>`;
}

function page(title: string, appUrl: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escape(title)} · BQS mails</title>
<style>${style}</style>
</head>
<body>
<header><span>BQS mails</span> <a href="${escape(appUrl)}">Open BQS</a></header>
<main>${content}</main>
</body>
</html>
`;
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

const style = `
:root { color-scheme: light dark; --line: light-dark(#e2dfd5, #2a3437);
  --muted: light-dark(#59625f, #9ca9aa); --accent: light-dark(#0b6a68, #5fc9c1); }
* { box-sizing: border-box; }
body { margin: 0; background: light-dark(#f5f4ef, #111618); color: light-dark(#1b2325, #e7ebea);
  font: 14px/1.5 ui-sans-serif, system-ui, 'Segoe UI', Roboto, sans-serif; }
header { display: flex; justify-content: space-between; gap: 16px; padding: 14px 24px;
  background: light-dark(#0c3335, #0a1f21); color: #f1f6f4; font-weight: 600; }
header a { color: #f1f6f4; font-weight: 400; }
main { max-width: 860px; margin: 0 auto; padding: 20px 16px 48px; }
h1 { margin: 0 0 12px; font-size: 20px; line-height: 1.3; overflow-wrap: anywhere; }
h1 small, .facts, dt { color: var(--muted); font-weight: 400; font-size: 12px; }
h2 { margin: 20px 0 6px; font-size: 13px; }
a { color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
ol { margin: 0 0 16px; padding: 0; list-style: none; }
ol, pre, iframe, .empty { border: 1px solid var(--line); border-radius: 8px;
  background: light-dark(#fff, #181f22); }
li + li { border-top: 1px solid var(--line); }
li a { display: grid; padding: 9px 16px; color: inherit; text-decoration: none; }
li a:hover .subject { text-decoration: underline; }
.subject { font-weight: 600; overflow-wrap: anywhere; }
.empty { padding: 48px 24px; text-align: center; }
dl { display: grid; grid-template-columns: auto 1fr; gap: 2px 16px; margin: 0; }
dd { margin: 0; overflow-wrap: anywhere; }
pre { margin: 0; padding: 16px; white-space: pre-wrap; overflow-wrap: anywhere; font-size: 13px; }
iframe { display: block; width: 100%; height: 420px; background: #fff; }
button { font: inherit; padding: 6px 14px; border: 1px solid var(--line); border-radius: 6px;
  background: transparent; color: inherit; cursor: pointer; }
`;
