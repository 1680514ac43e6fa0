/**
 * A message type: field number → JSON name and type. A name of `''` says that the fields of the message within stand
 * in the object itself (Go's inlined structs).
 */
export type MessageType = {readonly [field: number]: Field};
export type Field = readonly [name: string, type: FieldType] | readonly [name: string, type: FieldType, repeated: 'list'];
export type FieldType =
	| 'string'
	| 'int'
	| 'bool'
	/** Seconds and nanoseconds, RFC 3339 in JSON. */
	| 'time'
	| 'quantity'
	| 'intOrString'
	/** A message around JSON as it is (FieldsV1). */
	| 'json'
	| MessageType
	| MapType;
export type MapType = {readonly map: 'string' | 'quantity'};

/** Whether a field is a map of texts. */
export function isMap(type: FieldType): type is MapType {
	return typeof type === 'object' && 'map' in type;
}
