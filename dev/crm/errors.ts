/** A refusal the CRM states itself; the router words it as the framework version asks. */
export class CrmError extends Error {
  readonly status: number;
  readonly code: string;
  readonly path: string;
  readonly headers: Record<string, string>;

  constructor(
    status: number,
    detail: string,
    options: { code?: string; path?: string; headers?: Record<string, string> } = {},
  ) {
    super(detail);
    this.status = status;
    this.code = options.code ?? '';
    this.path = options.path ?? '';
    this.headers = options.headers ?? {};
  }
}

/** A 400: what was asked cannot be understood. */
export function badRequest(detail: string, path = ''): CrmError {
  return new CrmError(400, detail, { code: '27520', path });
}

const titles: Record<number, string> = {
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  412: 'Precondition Failed',
  415: 'Unsupported Media Type',
  500: 'Internal Server Error',
};

export interface ErrorBody {
  contentType: string;
  body: string;
}

/** Framework 1 to 3 answer one line of text, 4 and later a structured detail whose `status` is a string. */
export function errorBody(error: CrmError, framework: number): ErrorBody {
  if (framework < 4) return { contentType: 'text/plain', body: error.message };
  const detail = {
    detail: error.message,
    ...(error.code ? { 'o:errorCode': error.code } : {}),
    'o:errorPath': error.path,
  };
  return {
    contentType: 'application/vnd.oracle.adf.error+json',
    body: JSON.stringify({
      title: titles[error.status] ?? 'Error',
      status: String(error.status),
      'o:errorDetails': [detail],
    }),
  };
}

/** The page a proxy puts in front of a pod that is down. */
export function htmlPage(title: string): string {
  return `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body><h1>${title}</h1><p>Please try again later.</p></body></html>\n`;
}
