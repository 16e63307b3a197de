import { describe, expect, it } from 'vitest';
import { createTransport } from 'nodemailer';
import { readMessage } from './message.ts';

async function composed(mail: Record<string, unknown>): Promise<Buffer> {
  const transport = createTransport({ streamTransport: true, buffer: true });
  return (await transport.sendMail(mail)).message as Buffer;
}

describe('reading a mail', () => {
  it.each(['Plain words', 'Größe – “GO”', 'ä'.repeat(120), 'a=b ?= c_d'])(
    'gives back %j as it was sent',
    async (words) => {
      const message = readMessage(
        await composed({
          from: 'BQS <bqs@example.test>',
          to: { name: words.slice(0, 40), address: 'ada@example.test' },
          subject: words,
          text: `${words}\n\n${'long line '.repeat(30)}end`,
          html: `<p>${words}</p>`,
        }),
      );
      expect(message).toMatchObject({ subject: words, from: 'BQS <bqs@example.test>' });
      expect(message.text?.trim()).toBe(`${words}\n\n${'long line '.repeat(30)}end`);
      expect(message.html?.trim()).toBe(`<p>${words}</p>`);
      expect(message.to).toContain('ada@example.test');
    },
  );

  it('shows what is no proper mail as it is', () => {
    expect(readMessage(Buffer.from('nonsense')).subject).toBe('');
    expect(readMessage(Buffer.from('Subject: x\r\n\r\nbody')).text).toBe('body');
    const unclosed = 'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nhello';
    expect(readMessage(Buffer.from(unclosed)).text).toBe('hello');
  });
});
