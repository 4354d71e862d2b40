/** Refusals of a body as a whole have what express' own body parsers give theirs: status and type. */
class BodyError extends Error {
  readonly type = 'body.refused';

  constructor(readonly status: number, message: string) {
    super(message);
  }
}

/** A form that cannot be read, because it is none or has ended too early. */
export class MalformedBodyError extends BodyError {
  constructor(reason: string) {
    super(400, `Multipart form parse error - ${reason}`);
  }
}

/** A body of a kind that is not read. */
export class UnsupportedMediaTypeError extends BodyError {
  constructor(mediaType: string) {
    super(415, `Unsupported media type "${mediaType}" in request.`);
  }
}

/** JSON that would take too long to read. */
export class TooManyValuesError extends BodyError {
  constructor() {
    super(413, 'The body holds too many values.');
  }
}
