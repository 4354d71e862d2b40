/** What an uploaded document says, or one sentence for each thing that is wrong with it. */
export type ReadDocument<T> =
  | { document: T; problems?: undefined }
  | { problems: string[]; document?: undefined };
