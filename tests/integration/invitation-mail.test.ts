import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { env } from '#app/lib/env.server.ts';
import { mailInvitation } from '#app/lib/invitation-mail.server.ts';
import { Receiver } from './mail-setup.ts';

const receiver = new Receiver();
const before = { SMTP_URL: env.SMTP_URL, MAIL_FROM: env.MAIL_FROM };
beforeAll(async () => {
  await receiver.start();
  Object.assign(env, { SMTP_URL: receiver.url, MAIL_FROM: 'BQS <bqs@example.test>' });
});
afterAll(async () => {
  Object.assign(env, before);
  await receiver.stop();
});

const ivy = {
  name: 'Ivy "Vy" <x@example.test>, \r\nBcc: all@example.test',
  address: 'ivy@example.test',
};
const way = { link: 'http://localhost:3000/recovery?flow=1', code: '123456' };

describe('the mail of an invitation', () => {
  it('goes to the one address, with the page, the code and what to do', async () => {
    expect(await mailInvitation({ ...ivy, name: 'Ivy Invited' }, way)).toBe('sent');
    const [mail] = receiver.mails;
    expect(mail?.recipients).toEqual(['ivy@example.test']);
    expect(mail?.subject).toBe('You are invited to BQS');
    expect(mail?.text).toContain(`\n${way.link}\n`);
    expect(mail?.text).toMatch(/enter the code 123456/);
    expect(mail?.text).toMatch(/verify your\s+e-mail address/);
  });

  it('reaches nobody else, whatever a name holds', async () => {
    receiver.mails.length = 0;
    expect(await mailInvitation(ivy, way)).toBe('sent');
    expect(receiver.mails.map(({ recipients }) => recipients)).toEqual([['ivy@example.test']]);
    const [headers] = receiver.mails[0]?.raw.split('\r\n\r\n') ?? [];
    expect(headers).toMatch(/^To: /m);
    expect(headers).not.toMatch(/^bcc:/im);
  });

  it('is not sent where the server takes no such recipient', async () => {
    receiver.refuse = () => ({ code: 550, message: 'No such user' });
    expect(await mailInvitation(ivy, way)).toBe('failed');
    receiver.refuse = () => null;
    await receiver.stop();
    expect(await mailInvitation(ivy, way)).toBe('failed');
  });
});
