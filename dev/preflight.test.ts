import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { claimFolder, preflight, readSettings } from './preflight.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'bqs-preflight-'));

function withEnv(text: string) {
  const place = folder();
  writeFileSync(join(place, '.env'), text);
  return () => readSettings(place);
}

describe('reading .env', () => {
  it('takes settings, comments, exports and quoted values over several lines', () => {
    const read = withEnv('# a comment\nexport ONE_X=1\nTWO_X="two\nlines = here"\n\nTHREE_X=\n');
    expect(read()).toMatchObject({ ONE_X: '1', TWO_X: 'two\nlines = here' });
  });

  it('takes the line endings of Windows', () => {
    expect(withEnv('# a comment\r\nONE_X=1\r\n')()).toMatchObject({ ONE_X: '1' });
    expect(withEnv('ONE_X=1\r\nnot one\r\n')).toThrow('Line 2 of .env');
  });

  it('names the line that is no setting', () => {
    expect(withEnv('PORT=3000\nthis is not a setting\n')).toThrow(
      'Line 2 of .env is not KEY=value.',
    );
  });
});

describe('the checks before a start', () => {
  it('say in one line that the port is taken', async () => {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, done));
    const { port } = server.address() as AddressInfo;
    await expect(preflight({ PORT: String(port) })).rejects.toThrow(`Port ${port} is taken.`);
    server.close();
  });

  it('name a wrong setting without its value', async () => {
    const start = preflight({ DATABASE_URL: 'mysql://secret@db/bqs' });
    await expect(start).rejects.toThrow(
      'BQS cannot start: DATABASE_URL must be a postgresql:// URL.',
    );
  });

  it('embed nothing in production', async () => {
    const start = preflight({ NODE_ENV: 'production' });
    await expect(start).rejects.toThrow('DATABASE_URL is not set');
  });

  it('say that the folder cannot be written', () => {
    const place = folder();
    writeFileSync(join(place, 'file'), '');
    expect(() => claimFolder(join(place, 'file'))).toThrow('BQS cannot write to');
  });
});
