import type {KubeObject, ResourceType} from '../model.ts';
import {parseFieldSelector, parseLabelSelector} from './selectors.ts';
import {badRequest, invalid} from './status.ts';

/** What the query string of a list or watch asks for. */
export type ListQuery = {
	readonly limit: number;
	readonly continue: string;
	/** `''` where it is not given; `'0'` means any version will do. */
	readonly resourceVersion: string;
	readonly match: string;
	readonly isWatch: boolean;
	readonly bookmarks: boolean;
	readonly initialEvents: boolean;
	readonly timeoutSeconds: number | undefined;
	/** Undefined where everything is wanted. */
	readonly selects: ((object: KubeObject) => boolean) | undefined;
};

export function parseListQuery(query: URLSearchParams, resource: ResourceType, only?: string): ListQuery {
	const of = (key: string) => query.get(key) ?? '';
	const tests = [
		...(of('labelSelector') === '' ? [] : [parseLabelSelector(of('labelSelector'))]),
		...(of('fieldSelector') === '' ? [] : [parseFieldSelector(of('fieldSelector'), resource)]),
		...(only === undefined ? [] : [(object: KubeObject) => object.metadata.name === only]),
	];
	const timeout = Number(of('timeoutSeconds'));
	const asked = {
		limit: Math.max(0, integer('limit', of('limit'))),
		continue: of('continue'),
		resourceVersion: of('resourceVersion'),
		match: of('resourceVersionMatch'),
		isWatch: isTrue(of('watch')),
		bookmarks: isTrue(of('allowWatchBookmarks')),
		initialEvents: isTrue(of('sendInitialEvents')),
		timeoutSeconds: timeout > 0 ? timeout : undefined,
		selects: tests.length === 0 ? undefined : (object: KubeObject) => tests.every(test => test(object)),
	};
	validate(asked, query.has('sendInitialEvents'));
	return asked;
}

function integer(field: string, text: string): number {
	if (/^-?\d*$/.test(text)) return Number(text);
	throw badRequest(`unable to decode query parameters: strconv.ParseInt: parsing "${text}": invalid syntax (${field})`);
}

const isTrue = (text: string) => text === 'true' || text === '1';

function validate(asked: ListQuery, says: boolean): void {
	const refuse = (field: string, reason: string, message: string) =>
		invalid('meta.k8s.io', 'ListOptions', '', [{reason, message, field}]);
	const {match, resourceVersion, isWatch} = asked;
	if (says && match !== 'NotOlderThan') {
		const message = 'Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan';
		throw refuse('resourceVersionMatch', 'FieldValueForbidden', message);
	}
	if (says && !isWatch) {
		throw refuse('sendInitialEvents', 'FieldValueForbidden', 'Forbidden: sendInitialEvents is forbidden for list');
	}
	if (match !== '' && !says) {
		if (isWatch)
			throw refuse(
				'resourceVersionMatch',
				'FieldValueForbidden',
				'Forbidden: resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
			);
		if (resourceVersion === '') {
			const message = 'Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided';
			throw refuse('resourceVersionMatch', 'FieldValueForbidden', message);
		}
		if (resourceVersion === '0' && match === 'Exact') {
			const message = 'Forbidden: resourceVersionMatch "exact" is forbidden for resourceVersion "0"';
			throw refuse('resourceVersionMatch', 'FieldValueForbidden', message);
		}
		if (!['Exact', 'NotOlderThan'].includes(match)) {
			const message = `Unsupported value: "${match}": supported values: "Exact", "NotOlderThan", ""`;
			throw refuse('resourceVersionMatch', 'FieldValueNotSupported', message);
		}
	}
	if (!/^\d*$/.test(resourceVersion)) {
		const why = `resourceVersion: Invalid value: "${resourceVersion}": strconv.ParseUint: parsing "${resourceVersion}": invalid syntax`;
		throw badRequest(`invalid resource version: ${why}`);
	}
}
