import { randomUUID } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Message } from './message.ts';

export interface KeptMail extends Message {
  id: string;
  at: string;
}

const mostKept = 500;

/** The mails of this data folder, the newest first; the oldest make room for new ones. */
export class Mailbox {
  private mails: KeptMail[];
  private readonly file: string;
  /** Lines of the file, which is written afresh before it holds twice what is kept. */
  private lines = 0;

  constructor(file: string) {
    this.file = file;
    this.mails = read(file).slice(-mostKept).reverse();
    this.rewrite();
  }

  keep(message: Message): void {
    const mail = { id: randomUUID(), at: new Date().toISOString(), ...message };
    this.mails = [mail, ...this.mails].slice(0, mostKept);
    if (this.lines >= 2 * mostKept) return this.rewrite();
    appendFileSync(this.file, `${JSON.stringify(mail)}\n`, { mode: 0o600 });
    this.lines++;
  }

  list(): readonly KeptMail[] {
    return this.mails;
  }

  find(id: string): KeptMail | null {
    return this.mails.find((mail) => mail.id === id) ?? null;
  }

  clear(): void {
    this.mails = [];
    this.rewrite();
  }

  private rewrite(): void {
    const lines = [...this.mails].reverse().map((mail) => `${JSON.stringify(mail)}\n`);
    writeFileSync(`${this.file}.new`, lines.join(''), { mode: 0o600 });
    renameSync(`${this.file}.new`, this.file);
    this.lines = lines.length;
  }
}

/** The last line may be half a line, where the machine went down. */
function read(file: string): KeptMail[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return [JSON.parse(line) as KeptMail];
      } catch {
        return [];
      }
    });
}
