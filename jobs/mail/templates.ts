import { ownPath } from '#app/domain/own-path.ts';
import { topicNames, topics } from '#app/domain/notification.ts';

/** What the templates say of a notice. */
export interface MailNotice {
  id: string;
  topic: string;
  title: string;
  body: string;
  path: string;
}

export interface Letter {
  /** The same whenever the same mail is made again, so that a mail program can fold a duplicate. */
  messageId: string;
  subject: string;
  text: string;
  html: string;
}

export interface Reader {
  id: string;
  name: string;
}

const longestSubject = 150;

/** The mail of one notice. */
export function noticeLetter(notice: MailNotice, reader: Reader, appUrl: string): Letter {
  const link = linkOf(notice, appUrl);
  const title = oneLine(notice.title);
  return {
    messageId: messageId(`notice-${notice.id}`, appUrl),
    subject: subjectLine(title),
    text: [greeting(reader), title, notice.body, `Open it in BQS: ${link}`, footer(appUrl)]
      .filter(Boolean)
      .join('\n\n'),
    html: page(
      appUrl,
      `<p>${escape(greeting(reader))}</p>
<p style="font-size:16px;font-weight:600">${escape(title)}</p>
${paragraphs(notice.body)}
<p><a href="${escape(link)}" style="${button}">Open it in BQS</a></p>`,
    ),
  };
}

/** The mail of all that waited for a person's digest, topic by topic. Give it at least one notice. */
export function digestLetter(notices: MailNotice[], reader: Reader, appUrl: string): Letter {
  const count = notices.length === 1 ? '1 notice' : `${notices.length} notices`;
  const groups = groupByTopic(notices);
  const text = groups.map(({ name, notices: group }) =>
    [name, ...group.map((notice) => textItem(notice, appUrl))].join('\n'),
  );
  const html = groups.map(
    ({ name, notices: group }) => `<h2 style="font-size:14px;margin:20px 0 4px">${escape(name)}</h2>
<ul style="margin:0;padding-left:20px">${group.map((notice) => htmlItem(notice, appUrl)).join('\n')}</ul>`,
  );
  const lead = `What has happened in BQS since your last digest:`;
  return {
    messageId: messageId(`digest-${reader.id}-${notices.at(-1)?.id}`, appUrl),
    subject: `BQS digest: ${count}`,
    text: [greeting(reader), lead, ...text, footer(appUrl)].join('\n\n'),
    html: page(
      appUrl,
      `<p>${escape(greeting(reader))}</p>\n<p>${escape(lead)}</p>\n${html.join('\n')}`,
    ),
  };
}

function textItem(notice: MailNotice, appUrl: string): string {
  const body = notice.body && `\n  ${notice.body.replace(/\s*\n\s*/g, '\n  ')}`;
  return `- ${oneLine(notice.title)}${body}\n  ${linkOf(notice, appUrl)}`;
}

function htmlItem(notice: MailNotice, appUrl: string): string {
  const link = `<a href="${escape(linkOf(notice, appUrl))}">${escape(notice.title)}</a>`;
  return `<li style="margin:4px 0">${link}${paragraphs(notice.body)}</li>`;
}

/** In the order of the settings page; a topic it does not know comes last. */
function groupByTopic(notices: MailNotice[]): { name: string; notices: MailNotice[] }[] {
  const names: Record<string, string> = topicNames;
  const known = [...new Set<string>([...topics, ...notices.map(({ topic }) => topic)])];
  return known
    .map((topic) => ({
      name: names[topic] ?? topic,
      notices: notices.filter((notice) => notice.topic === topic),
    }))
    .filter((group) => group.notices.length > 0);
}

/** A title of one line as a subject. */
function subjectLine(title: string): string {
  const letters = [...title];
  if (letters.length <= longestSubject) return title;
  return `${letters.slice(0, longestSubject - 1).join('')}…`;
}

/** A text as it may stand in a header, where a line break would begin a header of its own. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\s]+/gu, ' ').trim();
}

function greeting({ name }: Reader): string {
  return `Hello ${oneLine(name)},`;
}

function footer(appUrl: string): string {
  return `You get this because of your role in BQS. Choose what comes by mail: ${appUrl}/notifications/settings`;
}

function linkOf({ path }: MailNotice, appUrl: string): string {
  return appUrl + ownPath(path);
}

function messageId(name: string, appUrl: string): string {
  return `<${name}@${new URL(appUrl).hostname}>`;
}

function paragraphs(text: string): string {
  const parts = text.split(/\n\s*\n/).filter((part) => part.trim());
  return parts.map((part) => `<p>${escape(part).replaceAll('\n', '<br>')}</p>`).join('\n');
}

const button =
  'display:inline-block;padding:9px 16px;border-radius:6px;background:#0b6a68;color:#ffffff;text-decoration:none;font-weight:600';

function page(appUrl: string, content: string): string {
  const settings = `${escape(appUrl)}/notifications/settings`;
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"></head>
<body style="margin:0;background:#f5f4ef;color:#1b2325;font:14px/1.5 -apple-system,'Segoe UI',Roboto,sans-serif">
<div style="max-width:560px;margin:24px auto;padding:24px;background:#ffffff;border:1px solid #e2dfd5;border-radius:8px">
${content}
<p style="margin-top:28px;padding-top:12px;border-top:1px solid #e2dfd5;color:#59625f;font-size:12px">You get this because of your role in BQS. <a href="${settings}" style="color:#0b6a68">Choose what comes by mail</a></p>
</div>
</body>
</html>
`;
}

function escape(text: string): string {
  const marks: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (mark) => marks[mark] ?? mark);
}
