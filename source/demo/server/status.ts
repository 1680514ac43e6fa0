import type {ResourceType} from '../model.ts';

/** A `Status` object, as the API server words failures. */
export type Status = {
	readonly kind: 'Status';
	readonly apiVersion: 'v1';
	readonly metadata: {readonly continue?: string};
	readonly status: 'Failure' | 'Success';
	readonly message?: string;
	readonly reason?: string;
	readonly details?: StatusDetails;
	readonly code?: number;
};

type StatusDetails = {
	readonly name?: string;
	readonly group?: string;
	readonly kind?: string;
	readonly uid?: string;
	readonly causes?: readonly Cause[];
	readonly retryAfterSeconds?: number;
};

export type Cause = {readonly reason: string; readonly message: string; readonly field?: string};

type Named = Pick<ResourceType, 'group' | 'plural'>;

/** An answer other than success; thrown wherever it becomes clear. */
export class Refusal extends Error {
	readonly status: Status;
	constructor(
		code: number,
		reason: string | undefined,
		message: string,
		details?: StatusDetails,
		metadata: Status['metadata'] = {},
	) {
		super(message);
		this.status = {
			kind: 'Status',
			apiVersion: 'v1',
			metadata,
			status: 'Failure',
			message,
			...(reason === undefined ? {} : {reason}),
			...(details === undefined ? {} : {details}),
			code,
		};
	}
}

/** `pods`, `deployments.apps` */
export const qualified = ({group, plural}: Named): string => (group === '' ? plural : `${plural}.${group}`);

const about = ({group, plural}: Named, name?: string): StatusDetails => ({
	...(name === undefined || name === '' ? {} : {name}),
	...(group === '' ? {} : {group}),
	kind: plural,
});

export const notServed = () => new Refusal(404, 'NotFound', 'the server could not find the requested resource', {});

export const notFound = (resource: Named, name: string) =>
	new Refusal(404, 'NotFound', `${qualified(resource)} "${name}" not found`, about(resource, name));

export const alreadyExists = (resource: Named, name: string) =>
	new Refusal(409, 'AlreadyExists', `${qualified(resource)} "${name}" already exists`, about(resource, name));

export const conflict = (
	resource: Named,
	name: string,
	why = 'the object has been modified; please apply your changes to the latest version and try again',
) =>
	new Refusal(
		409,
		'Conflict',
		`Operation cannot be fulfilled on ${qualified(resource)} "${name}": ${why}`,
		about(resource, name),
	);

export const badRequest = (message: string) => new Refusal(400, 'BadRequest', message);

export const methodNotAllowed = () =>
	new Refusal(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource', {});

export const unauthorized = () => new Refusal(401, 'Unauthorized', 'Unauthorized');

export const unsupportedMediaType = () =>
	new Refusal(
		415,
		'UnsupportedMediaType',
		'the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf',
	);

export const notAcceptable = () =>
	new Refusal(
		406,
		'NotAcceptable',
		'only the following media types are accepted: application/json, application/yaml, application/vnd.kubernetes.protobuf',
	);

/** 422. Each cause says which field and what is wrong with it. */
export function invalid(group: string, kind: string, name: string, causes: readonly Cause[]): Refusal {
	const said = causes.map(cause => `${cause.field}: ${cause.message}`);
	const list = said.length === 1 ? said[0] : `[${said.join(', ')}]`;
	const details = {...(name === '' ? {} : {name}), ...(group === '' ? {} : {group}), kind, causes};
	return new Refusal(422, 'Invalid', `${kind}${group === '' ? '' : `.${group}`} "${name}" is invalid: ${list}`, details);
}

/** 410: the version is older than the history. */
export const expired = (message: string, next?: string) =>
	new Refusal(410, 'Expired', message, undefined, next === undefined ? {} : {continue: next});

/** 504: the version is newer than the newest. */
export const tooLarge = (version: number, current: number) =>
	new Refusal(504, 'Timeout', `Timeout: Too large resource version: ${version}, current: ${current}`, {
		causes: [{reason: 'ResourceVersionTooLarge', message: 'Too large resource version'}],
		retryAfterSeconds: 1,
	});

/** 403 for a resource; `where` is `at the cluster scope` or `in the namespace "x"`. */
export function forbidden(resource: Named, name: string, who: string, verb: string, path: string, where: string): Refusal {
	const subject = name === '' ? qualified(resource) : `${qualified(resource)} "${name}"`;
	const message = `${subject} is forbidden: User "${who}" cannot ${verb} resource "${path}" in API group "${resource.group}" ${where}`;
	return new Refusal(403, 'Forbidden', message, about(resource, name));
}
