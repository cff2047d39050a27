// Somebody in a browser without script: pages, forms, one cookie.

// Nobody knows whether it was done: no answer came, or one that says that the server or its database is not there.
export class Unanswered extends Error {}

export async function ask(address, options) {
  let answer;
  let text;
  try {
    answer = await fetch(address, { redirect: 'manual', ...options });
    text = await answer.text();
  } catch (problem) {
    throw new Unanswered(problem.cause?.code ?? problem.message);
  }
  if (answer.status >= 500) throw new Unanswered(`${answer.status} ${text.slice(0, 200)}`);
  return { status: answer.status, headers: answer.headers, text };
}

export const openPage = (server, path, cookie) => ask(server.address + path, { headers: cookie ? { Cookie: cookie } : {} });

// What stands in the form, and its page's token where it has one.
export async function sendForm(server, path, fields, cookie) {
  const headers = { Origin: server.address, 'Content-Type': 'application/x-www-form-urlencoded', ...(cookie ? { Cookie: cookie } : {}) };
  return ask(server.address + path, { method: 'POST', headers, body: new URLSearchParams(fields).toString() });
}

export function tokenOn(page) {
  const found = /name="_token" value="([^"]+)"/.exec(page.text);
  if (!found) throw new Error(`a page without a form: ${page.status} ${page.headers.get('location')} ${page.text.slice(0, 500)}`);
  return found[1];
}

// The session that an answer begins; nothing where it begins none.
export function sessionOf(answer) {
  const cookies = answer.headers.getSetCookie().map((one) => one.split(';')[0]);
  return answer.status === 303 ? cookies.find((one) => /^(__Host-)?session=./.test(one)) : undefined;
}
