import { inject } from 'vitest';
import { cloneDatabase } from './clone-database.ts';

// Set before any module of ours is loaded, since the environment is read once.
process.env.DATABASE_URL = await cloneDatabase(inject('templateUrl'));
process.env.ORY_PUBLIC_URL ??= 'http://127.0.0.1:9';
process.env.ORY_ADMIN_URL ??= 'http://127.0.0.1:9';
process.env.ORACLE_BASE_URL ??= 'http://127.0.0.1:9';
process.env.ORACLE_USERNAME ??= 'nobody';
process.env.ORACLE_PASSWORD ??= 'nothing';
process.env.LOG_LEVEL ??= 'silent';
