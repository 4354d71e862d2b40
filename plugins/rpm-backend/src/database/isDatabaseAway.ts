/** Of the network and of PostgreSQL: the server is not there, is going, is coming, or takes no more. */
const AWAY_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  // admin_shutdown, crash_shutdown, cannot_connect_now
  '57P01',
  '57P02',
  '57P03',
  // connection exceptions
  '08000',
  '08001',
  '08003',
  '08004',
  '08006',
  // too_many_connections, disk_full
  '53300',
  '53100',
  'SQLITE_BUSY',
  'SQLITE_FULL',
  'SQLITE_IOERR',
]);

/** What the driver and the pool say without a code. */
const AWAY_MESSAGES =
  /^(Connection terminated|Client has encountered a connection error|Knex: Timeout acquiring a connection)/;

/** Whether a statement failed because of the database server rather than of what it was asked. */
export function isDatabaseAway(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return (
    (typeof code === 'string' && AWAY_CODES.has(code)) ||
    (typeof message === 'string' && AWAY_MESSAGES.test(message))
  );
}
