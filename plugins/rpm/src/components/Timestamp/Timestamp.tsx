import { DateTime } from 'luxon';

/** A point in time, in the user's language and zone; the exact one on demand. */
export function Timestamp(props: { value: string }) {
  const time = DateTime.fromISO(props.value);
  return (
    <time
      dateTime={props.value}
      title={time.toLocaleString(DateTime.DATETIME_FULL_WITH_SECONDS)}
    >
      {time.toLocaleString(DateTime.DATETIME_MED)}
    </time>
  );
}
