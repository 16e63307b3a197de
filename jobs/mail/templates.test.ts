import { describe, expect, it } from 'vitest';
import { topicNames, topics } from '#app/domain/notification.ts';
import { digestLetter, noticeLetter, oneLine } from './templates.ts';

const appUrl = 'https://bqs.example.test';
const reader = { id: 'u-1', name: 'Ada <b>Architect</b>' };
const notice = {
  id: '7',
  topic: 'assignment',
  title: 'Hugo assigned “<i>Data & AI</i>” to you',
  body: 'First line\nsecond "line"\n\nNext paragraph',
  path: '/opportunities/A%2F1',
};

describe('the mail of one notice', () => {
  it('says the same as text and as HTML, and leads to the page', () => {
    const { text, html, subject } = noticeLetter(notice, reader, appUrl);
    expect(subject).toBe(notice.title);
    expect(text).toContain('Hello Ada <b>Architect</b>,');
    expect(text).toContain(notice.body);
    expect(text).toContain(`Open it in BQS: ${appUrl}/opportunities/A%2F1`);
    expect(text).toContain(`${appUrl}/notifications/settings`);
    expect(html).toContain('Hello Ada &lt;b&gt;Architect&lt;/b&gt;,');
    expect(html).toContain('“&lt;i&gt;Data &amp; AI&lt;/i&gt;”');
    expect(html).toContain('<p>First line<br>second &quot;line&quot;</p>');
    expect(html).not.toMatch(/<i>|<b>/);
    expect(html).toContain(`href="${appUrl}/opportunities/A%2F1"`);
  });

  it('leads to the inbox where its path is none of ours', () => {
    const { text, html } = noticeLetter({ ...notice, path: '//x.test/"><b>' }, reader, appUrl);
    expect(text).toContain(`Open it in BQS: ${appUrl}/notifications\n`);
    expect(html).not.toContain('x.test');
    const quoted = noticeLetter({ ...notice, path: '/a"onclick="b' }, reader, appUrl).html;
    expect(quoted).toContain(`href="${appUrl}/a&quot;onclick=&quot;b"`);
  });

  it('has a subject of one line, whatever the title holds', () => {
    const title = 'Hello\r\nBcc: everybody@example.test\u2028\0 ' + 'ä'.repeat(300);
    const { subject } = noticeLetter({ ...notice, title }, reader, appUrl);
    expect(subject).toMatch(/^Hello Bcc: everybody@example\.test ä+…$/);
    expect([...subject]).toHaveLength(150);
    expect(oneLine('a\n\tb\u0085c')).toBe('a b c');
  });

  it('has the same Message-ID each time, and another for each notice', () => {
    const idOf = (id: string) => noticeLetter({ ...notice, id }, reader, appUrl).messageId;
    expect(idOf('7')).toBe('<notice-7@bqs.example.test>');
    expect(idOf('8')).not.toBe(idOf('7'));
  });
});

describe('the digest', () => {
  it('groups by topic in the order of the settings, each notice with its link', () => {
    const notices = [...topics].reverse().map((topic, index) => ({
      ...notice,
      id: String(index),
      topic,
      title: `About ${topic}`,
    }));
    const { text, html, subject, messageId } = digestLetter(notices, reader, appUrl);
    expect(subject).toBe(`BQS digest: ${topics.length} notices`);
    const names = topics.map((topic) => topicNames[topic]);
    expect(text.split('\n').filter((line) => names.includes(line))).toEqual(names);
    expect(text.match(/https:\S+A%2F1/g)).toHaveLength(topics.length);
    expect(html.match(/<li/g)).toHaveLength(topics.length);
    expect(messageId).toBe(`<digest-u-1-${topics.length - 1}@bqs.example.test>`);
  });

  it('counts one notice as one, and leaves no markup unescaped', () => {
    const { subject, html } = digestLetter([{ ...notice, topic: '<b>' }], reader, appUrl);
    expect(subject).toBe('BQS digest: 1 notice');
    expect(html).toContain('&lt;b&gt;');
    expect(html).not.toMatch(/<i>|<b>/);
  });
});
