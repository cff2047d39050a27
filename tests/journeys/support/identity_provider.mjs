// A real OpenID provider on a port of its own. Whoever asks to be let in there says who they are, and is believed.
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const FORM = '<!doctype html><title>The Institute</title><form method="post"><label>Who are you? <input name="login"></label><button type="submit">Let me in</button></form>';

async function bodyOf(request) {
  let body = '';
  for await (const piece of request) body += piece;
  return new URLSearchParams(body);
}

export class IdentityProvider {
  // `people`: by login, the claims of each.
  static async start(people) {
    const made = new IdentityProvider();
    made.people = people;
    made.server = createServer((request, response) => {
      if (request.url.startsWith('/be/')) return made.letIn(request, response);
      return made.callback(request, response);
    });
    await new Promise((resolve) => { made.server.listen(0, '127.0.0.1', resolve); });
    made.issuer = `http://localhost:${made.server.address().port}`;
    made.secret = 'a secret of the test, long enough for anybody';
    return made;
  }

  // Once the address of our own server is known.
  serve(site) {
    this.provider = new Provider(this.issuer, {
      clients: [{
        client_id: 'bursary', client_secret: this.secret, redirect_uris: [`${site}/log-in/with/institute/back`], response_types: ['code'], grant_types: ['authorization_code'],
      }],
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
      conformIdTokenClaims: false, // the claims in the ID token, where we look for them
      findAccount: (_, id) => this.people[id] && ({ accountId: id, claims: () => ({ sub: id, ...this.people[id] }) }),
      pkce: { required: () => true },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_, interaction) => `/be/${interaction.uid}` },
      cookies: { keys: ['cookies of the test'] },
    });
    this.callback = this.provider.callback();
  }

  async letIn(request, response) {
    if (request.method !== 'POST') {
      response.setHeader('Content-Type', 'text/html');
      response.end(FORM);
      return;
    }
    const accountId = (await bodyOf(request)).get('login');
    const { params } = await this.provider.interactionDetails(request, response);
    const grant = new this.provider.Grant({ accountId, clientId: params.client_id });
    grant.addOIDCScope(params.scope);
    await this.provider.interactionFinished(request, response, { login: { accountId }, consent: { grantId: await grant.save() } });
  }

  async stop() {
    this.server.closeAllConnections();
    await new Promise((resolve) => { this.server.close(resolve); });
  }
}
