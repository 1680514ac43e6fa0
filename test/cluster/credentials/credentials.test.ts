import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import {expect, onTestFinished, test, vi} from 'vitest';
import {credentialsOf} from '../../../source/cluster/credentials/credentials.ts';
import {targetOf} from '../server.ts';

test('a clock that is set back makes no rest longer', async () => {
	const directory = mkdtempSync(join(tmpdir(), 'midwatch-token-'));
	vi.useFakeTimers({toFake: ['Date']});
	onTestFinished(() => {
		vi.useRealTimers();
		rmSync(directory, {recursive: true});
	});
	const tokenFile = join(directory, 'token');
	writeFileSync(tokenFile, 'one');
	const target = targetOf(new URL('https://127.0.0.1:1'), undefined, {user: {tokenFile, impersonate: {}}});
	const restAfter = {failure: 20, renewal: 20};
	const credentials = credentialsOf(target, {env: {}, interactive: false, pluginWithin: 1000, restAfter, onWaiting: () => {}});
	const first = await credentials.current();
	expect(await credentials.renew(first)).toBe(first);
	vi.setSystemTime(Date.now() - 3_600_000);
	writeFileSync(tokenFile, 'two');
	await delay(50);
	expect((await credentials.renew(first)).headers).toEqual({authorization: 'Bearer two'});
});
