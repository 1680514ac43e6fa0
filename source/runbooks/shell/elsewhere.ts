import {safeText} from '../../cluster/safe-text.ts';
import {own, type SafeText, say} from '../../vocabulary.ts';
import {valuesOf} from './flags.ts';
import {type Invocation, sightsOf} from './invocation.ts';
import {programOf} from './program.ts';
import {ruleOf} from './programs/index.ts';
import {flagsIn} from './rule.ts';
import {unwrap} from './unwrap.ts';
import {known} from './word.ts';

/** Variables that lead programs to another cluster. */
const leading =
	/^(KUBECONFIG|TALOSCONFIG|OMNICONFIG|KUBE_CONTEXT|HELM_KUBE\w+|ARGOCD_\w+|KUBERNETES_(MASTER|SERVICE_HOST|SERVICE_PORT)|CILIUM_\w*CONTEXT|DOCKER_(HOST|CONTEXT)|ETCDCTL_ENDPOINTS)$/;

const variable = (name: string): SafeText => say`sets ${safeText(name, 60)}`;

/** Verbs that change which cluster the next command talks to, by program. */
const switching: Readonly<Record<string, RegExp>> = {
	kubectl: /^config (use-context|set-context|set-cluster|set-credentials|set|unset|rename-context|delete-context)\b|^ctx\b/,
	talosctl: /^config (context|endpoint|node|merge|add|remove)\b|^kubeconfig\b/,
	argocd: /^(context|login|relogin|logout) /,
	omnictl: /^(config context|kubeconfig|talosconfig)\b/,
	docker: /^context use\b/,
};

function ofInvocation(invocation: Invocation, deep: number): readonly SafeText[] {
	const {words, set} = invocation;
	const program = programOf(words[0]);
	const named = set.filter(name => leading.test(name)).map(variable);
	if (program === undefined || deep > 8) return named;
	if (program === 'env' || program === 'unset' || program === 'sudo') {
		const assigned = words.slice(1).map(({text}) => text.replace(/=.*/s, ''));
		named.push(...assigned.filter(name => leading.test(name)).map(variable));
	}
	const wrapping = unwrap(invocation);
	const nested = (wrapping?.inner ?? []).flatMap(inner =>
		inner.is === 'command'
			? ofInvocation({words: inner.words, set: [], piped: false}, deep + 1)
			: inner.is === 'script'
				? ofScript(inner.text, deep + 1)
				: [],
	);
	const rule = ruleOf(program)?.elsewhere ?? {};
	const name = safeText(program, 60);
	// What stands behind two dashes belongs to the command in the container.
	const dashes = words.findIndex(word => word.text === '--' && word.literal);
	const before = dashes < 0 ? words : words.slice(0, dashes);
	const given = (flags: string | undefined) => valuesOf(before, flagsIn(flags)).map(({text}) => safeText(text, 120));
	const verb = before
		.slice(1)
		.map(word => known(word) ?? '…')
		.filter(word => !word.startsWith('-'))
		.join(' ');
	return [
		...named,
		...given(rule.context).map(value => say`${name} names the context ${value}`),
		...given(rule.file).map(value => say`${name} reads its contexts from ${value}`),
		...given(rule.server).map(value => say`${name} names the server ${value}`),
		...(switching[program]?.test(`${verb} `) === true
			? [say`${name} ${safeText(verb, 60)} changes which cluster is talked to`]
			: []),
		...(program === 'kubectx' && words.length > 1 ? [own('kubectx changes which cluster is talked to')] : []),
		...nested,
	];
}

function ofScript(script: string, deep: number): readonly SafeText[] {
	return sightsOf(script).seen.flatMap(sight => {
		if (sight.is === 'runs') return ofInvocation(sight.invocation, deep);
		return sight.is === 'sets' && leading.test(sight.name) ? [variable(sight.name)] : [];
	});
}

/**
 * Where a script names another cluster than the one a session is about: a context, a file with contexts, a server, a variable
 * that leads there. One sentence each, without its end; nothing where it names none. Nested commands included.
 */
export function elsewhere(script: string): readonly SafeText[] {
	return [...new Set(ofScript(script, 0))];
}
