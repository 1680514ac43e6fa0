import {holdsFlag, valuesOf} from './flags.ts';
import {flagsIn, type Rule} from './rule.ts';
import type {Verb} from './verb.ts';
import {isFlag, type Shown} from './word.ts';

/** Files that hold keys, tokens or passwords, by where they are and what they are called. */
const secretFile =
	/(?:^|[/=@])(?:admin\.conf|super-admin\.conf|kubelet\.conf|k3s\.yaml|kubeconfig|talosconfig|omniconfig|id_(?:rsa|dsa|ecdsa|ed25519)|shadow|gshadow|\.netrc|\.pgpass|\.env|environ|node-token|agent-token|server\/token)\b|\.(?:key|pem|p12|pfx|jks|age|agekey|kubeconfig|token)$|\.kube\b|\.ssh\b|\.aws\b|\.talos\b|\.docker\/config|secrets?\b|\/etc\/rancher\b|\/pki\b|\/tls\b|keyring|passw|credential/i;

/** Whether a program that prints files is given one that holds secrets. */
export function printsSecretFile(words: readonly Shown[]): boolean {
	return words.some(word => !isFlag(word) && secretFile.test(word.text));
}

/** Formats in which the data of a Secret is not printed. */
const withoutData = /^(?:name|wide)$/;
const secret = /(?:^|,)secrets?(?:\.v1\.?)?(?:[/,]|$)/i;

/** `-Aoyaml` is `-oyaml`: flags without a value can stand ahead in the same word. */
const apart = (word: Shown): Shown =>
	/^-[AwhR]+[a-z]/.test(word.text) ? {...word, text: word.text.replace(/^-[AwhR]+/, '-')} : word;

/**
 * Whether `kubectl get` may print what Secrets hold: in a form other than a table, of a resource that is Secrets, or that is not
 * known here.
 */
export function printsSecrets(program: string, verb: Verb, words: readonly Shown[], rule: Rule): string | undefined {
	const [first] = verb.words.split(' ');
	if (program === 'talosctl' && first === 'get') {
		return words.some(({text, literal}) => !literal || /config|secret|cert|token|encryption|manifest/i.test(text))
			? 'may print keys of the machine'
			: undefined;
	}
	if ((program !== 'kubectl' && program !== 'oc') || (first !== 'get' && first !== 'config')) return undefined;
	if (holdsFlag(words, ['--raw'])) {
		const asked = [...valuesOf(words, ['--raw']), ...words.filter(({text}) => text.startsWith('/'))];
		const isSafe = first === 'get' && asked.every(({text, literal}) => literal && !/secret/i.test(text));
		return isSafe ? undefined : 'prints Secrets';
	}
	if (first === 'config') return undefined;
	const spelled = words.map(apart);
	if (words.some(({text}) => secret.test(text)) && words.some(({text}) => /^--?v\b/.test(text))) return 'prints Secrets';
	const forms = valuesOf(spelled, ['-o', '--output', '--template', '-t']);
	const isTable = forms.every(({text, literal}) => literal && withoutData.test(text)) && !holdsFlag(spelled, ['--template']);
	if (isTable) return undefined;
	if (holdsFlag(words, ['-f', '--filename', '-k', '--kustomize'])) return 'may print Secrets';
	const taking = new Set(
		flagsIn(
			`${rule.values} -o --output -l --selector --field-selector --sort-by --template -L --label-columns --chunk-size --subresource`,
		),
	);
	const operands = words.filter((word, at) => !isFlag(word) && !taking.has(words[at - 1]?.text ?? ''));
	const resources = operands.slice(operands.findIndex(({text}) => text === 'get') + 1);
	if (resources.some(({text}) => secret.test(text))) return 'prints Secrets';
	const [resource] = resources;
	return resource === undefined || (resource.sure < resource.text.length && !resource.text.slice(0, resource.sure).includes('/'))
		? 'may print Secrets'
		: undefined;
}
