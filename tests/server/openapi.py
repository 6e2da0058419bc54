#!/usr/bin/env python3
"""Holds an OpenAPI 3.1 document to its rules, and answers to the document. Standard library only.

    openapi.py FILE [ROUTES]      what is wrong with a document, a line each; ROUTES is src/server/routes.def

As a module: check_document(document, routes), validate(document, schema, value), check_answer(document, ...).

JSON Schema is read in the part that the document uses; a keyword outside of it is wrong, rather than passed over, so that nothing is held to less than it says."""
import json
import re
import sys

METHODS = ("get", "post", "put", "patch", "delete")
TYPES = {"string": str, "boolean": bool, "array": list, "object": dict, "null": type(None)}
# keyword -> type of its value
KEYWORDS = {
    "$ref": str, "type": (str, list), "description": str, "enum": list, "minLength": int, "maxLength": int, "format": str, "pattern": str, "minimum": int,
    "maximum": int, "default": None, "items": dict, "minItems": int, "maxItems": int, "properties": dict, "required": list, "additionalProperties": (bool, dict),
    "propertyNames": dict, "minProperties": int, "maxProperties": int, "anyOf": list, "examples": list,
}
# kind of object -> members that it may have; more begin with x-
MEMBERS = {
    "document": "openapi info servers security paths components",
    "info": "title version summary description license",
    "operation": "operationId summary description security parameters requestBody responses",
    "parameter": "name in required description schema",
    "body": "description required content",
    "response": "description headers content",
    "media": "schema examples",
    "components": "schemas parameters headers securitySchemes",
}
FORMATS = {
    "identifier": re.compile(r"[\w.\-]{1,128}$"),
    "period": re.compile(r"\d{4}(-(H[12]|Q[1-4]|W\d\d|\d\d(-\d\d)?))?$"),
    "file-name": re.compile(r"[^./\\][^/\\]{0,199}$"),
    "form-name": re.compile(r"[^./\\][^/\\]{0,199}$"),
    "date": re.compile(r"\d{4}-\d\d-\d\d$"),
}
TEMPLATE = re.compile(r"\{([a-z_]+)\}")
ROW = re.compile(r'^X\((\w+),\s*(\w+),\s*(\w+),\s*"([^"]*)",\s*([^,]+),\s*(\w+),', re.M)


def resolve(document, reference):
    """What a $ref leads to; KeyError where that is nothing."""
    if not reference.startswith("#/"):
        raise KeyError(reference)
    value = document
    for part in reference[2:].split("/"):
        value = value[part.replace("~1", "/").replace("~0", "~")]
    return value


def is_type(value, name):
    if name == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    if name == "number":
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    return isinstance(value, TYPES[name])


def validate(document, schema, value, at="", strict=True):
    """What is wrong with a value, as a list of texts. strict: an object that says its members has no others, also where the schema leaves that open."""
    wrong = []
    if "$ref" in schema:
        wrong += validate(document, resolve(document, schema["$ref"]), value, at, strict)
    if "anyOf" in schema:
        if all(validate(document, one, value, at, strict) for one in schema["anyOf"]):
            wrong.append("%s: none of anyOf fits" % at)
    if "type" in schema:
        types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        if not any(is_type(value, name) for name in types):
            return wrong + ["%s: is %.60r, not %s" % (at, value, "/".join(types))]
    if "enum" in schema and value not in schema["enum"]:
        wrong.append("%s: %.60r is none of %s" % (at, value, schema["enum"]))
    if isinstance(value, str):
        wrong += validate_text(schema, value, at)
    elif isinstance(value, list):
        wrong += validate_list(document, schema, value, at, strict)
    elif isinstance(value, dict):
        wrong += validate_object(document, schema, value, at, strict)
    elif is_type(value, "number"):
        if value < schema.get("minimum", value) or value > schema.get("maximum", value):
            wrong.append("%s: %r is out of range" % (at, value))
    return wrong


def validate_text(schema, value, at):
    wrong = []
    if not schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value)):
        wrong.append("%s: a text of %d characters" % (at, len(value)))
    if "pattern" in schema and not re.search(schema["pattern"], value):
        wrong.append("%s: %.60r does not match %s" % (at, value, schema["pattern"]))
    if "format" in schema and not FORMATS[schema["format"]].match(value):
        wrong.append("%s: %.60r is no %s" % (at, value, schema["format"]))
    return wrong


def validate_list(document, schema, value, at, strict):
    wrong = []
    if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
        wrong.append("%s: a list of %d" % (at, len(value)))
    for index, item in enumerate(value):
        if "items" in schema:
            wrong += validate(document, schema["items"], item, "%s/%d" % (at, index), strict)
    return wrong


def validate_object(document, schema, value, at, strict):
    wrong = []
    properties = schema.get("properties", {})
    rest = schema.get("additionalProperties", not (strict and "properties" in schema))
    if not schema.get("minProperties", 0) <= len(value) <= schema.get("maxProperties", len(value)):
        wrong.append("%s: an object of %d members" % (at, len(value)))
    wrong += ["%s/%s: is missing" % (at, name) for name in schema.get("required", []) if name not in value]
    for name, member in value.items():
        here = "%s/%s" % (at, name)
        if "propertyNames" in schema:
            wrong += validate(document, schema["propertyNames"], name, here + " (name)", strict)
        if name in properties:
            wrong += validate(document, properties[name], member, here, strict)
        elif rest is False:
            wrong.append("%s: the schema has no such member" % here)
        elif isinstance(rest, dict):
            wrong += validate(document, rest, member, here, strict)
    return wrong


def check_members(kind, value, at):
    """Members that such an object does not have."""
    return ["%s: a %s has no %s" % (at, kind, name) for name in value if name not in MEMBERS[kind].split() and not name.startswith("x-")]


def check_schema(document, schema, at):
    """What is wrong with a schema itself."""
    if not isinstance(schema, dict):
        return ["%s: is no schema" % at]
    wrong = []
    for word, value in schema.items():
        kind = KEYWORDS.get(word, False)
        if kind is False:
            wrong.append("%s: the keyword %s is not known here" % (at, word))
        elif kind is not None and (not isinstance(value, kind) or (kind is int and isinstance(value, bool))):
            wrong.append("%s: %s is %.40r" % (at, word, value))
    if wrong:
        return wrong
    types = schema.get("type", [])
    for name in types if isinstance(types, list) else [types]:
        if name not in TYPES and name not in ("integer", "number"):
            wrong.append("%s: there is no type %s" % (at, name))
    if "enum" in schema and (not schema["enum"] or len(set(map(json.dumps, schema["enum"]))) != len(schema["enum"])):
        wrong.append("%s: enum is empty or says a value twice" % at)
    if "format" in schema and schema["format"] not in FORMATS:
        wrong.append("%s: the format %s is not known here" % (at, schema["format"]))
    for low, high in (("minLength", "maxLength"), ("minimum", "maximum"), ("minItems", "maxItems"), ("minProperties", "maxProperties")):
        if schema.get(low, 0) > schema.get(high, schema.get(low, 0)):
            wrong.append("%s: %s is above %s" % (at, low, high))
    if "pattern" in schema:
        re.compile(schema["pattern"])
    wrong += ["%s: needs %s, which it does not have" % (at, name) for name in schema.get("required", []) if name not in schema.get("properties", {})]
    inside = [("properties/" + name, one) for name, one in schema.get("properties", {}).items()]
    inside += [("anyOf/%d" % i, one) for i, one in enumerate(schema.get("anyOf", []))]
    inside += [(word, schema[word]) for word in ("items", "propertyNames") if word in schema]
    if isinstance(schema.get("additionalProperties"), dict):
        inside.append(("additionalProperties", schema["additionalProperties"]))
    for name, one in inside:
        wrong += check_schema(document, one, "%s/%s" % (at, name))
    return wrong


def references(value, at=""):
    """Every $ref with where it stands."""
    if isinstance(value, dict):
        for name, member in value.items():
            if name == "$ref" and isinstance(member, str):
                yield at, member
            else:
                yield from references(member, "%s/%s" % (at, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from references(item, "%s/%d" % (at, index))


def check_parameters(document, path, operation, at):
    wrong, seen = [], set()
    for parameter in operation.get("parameters", []):
        if "$ref" in parameter:
            parameter = resolve(document, parameter["$ref"])
        wrong += check_members("parameter", parameter, at)
        key = (parameter.get("in"), parameter.get("name"))
        if key in seen:
            wrong.append("%s: the parameter %s stands twice" % (at, key[1]))
        seen.add(key)
        if parameter.get("in") not in ("path", "query", "header", "cookie"):
            wrong.append("%s: %s is in %s" % (at, key[1], key[0]))
        if not parameter.get("description"):
            wrong.append("%s: %s is not described" % (at, key[1]))
        if parameter.get("in") == "path" and parameter.get("required") is not True:
            wrong.append("%s: %s is in the path and not required" % (at, key[1]))
        wrong += check_schema(document, parameter.get("schema"), "%s/%s" % (at, key[1]))
    named = {name for place, name in seen if place == "path"}
    if named != set(TEMPLATE.findall(path)):
        wrong.append("%s: the path has %s, the parameters %s" % (at, TEMPLATE.findall(path), sorted(named)))
    return wrong


def check_content(document, content, at):
    wrong = [] if content else ["%s: no media type" % at]
    for media, one in content.items():
        if not re.match(r"[\w.+*-]+/[\w.+*-]+$", media):
            wrong.append("%s: %s is no media type" % (at, media))
        wrong += check_members("media", one, "%s/%s" % (at, media))
        if "schema" in one:
            wrong += check_schema(document, one["schema"], "%s/%s" % (at, media))
    return wrong


def check_responses(document, operation, at):
    wrong = []
    responses = operation.get("responses", {})
    if not any(re.match(r"2\d\d$", status) for status in responses):
        wrong.append("%s: nothing says what it answers when all is well" % at)
    for status, response in responses.items():
        here = "%s/%s" % (at, status)
        wrong += check_members("response", response, here)
        if not re.match(r"[2-5]\d\d$", status):
            wrong.append("%s: is no status" % here)
        if not response.get("description"):
            wrong.append("%s: is not described" % here)
        if "content" in response:
            wrong += check_content(document, response["content"], here)
        if status >= "400" and list(response.get("content", {})) != ["application/problem+json"]:
            wrong.append("%s: is no problem" % here)
    return wrong


def check_security(document, operation, at):
    schemes = document["components"].get("securitySchemes", {})
    needs = operation.get("security", document.get("security", []))
    wrong = ["%s: there is no security scheme %s" % (at, name) for one in needs for name in one if name not in schemes]
    if ("anybody" in operation["x-roles"]) != (needs == []):
        wrong.append("%s: roles and security do not say the same" % at)
    if needs and "401" not in operation["responses"]:
        wrong.append("%s: asks for an account and never answers 401" % at)
    return wrong


def operations(document):
    for path, item in document["paths"].items():
        for method, operation in item.items():
            yield path, method, operation


def read_routes(path):
    """Rows of routes.def: name, method, pattern, roles as words."""
    with open(path, encoding="utf-8") as file:
        for name, method, _, pattern, roles, _ in ROW.findall(file.read()):
            words = [word.strip() for word in roles.split("|")]
            words = [re.sub(r"^ROLE\((\w+)\)$|^ROUTE_(\w+)$", lambda m: (m[1] or m[2]).lower(), word) for word in words]
            yield name, method.lower(), pattern, sorted(words)


def check_document(document, routes=None):
    """Everything that is wrong with a document, as a list of texts."""
    wrong = []
    if not re.match(r"3\.1\.\d+$", document.get("openapi", "")):
        return ["openapi: is %r" % document.get("openapi")]
    for name in ("title", "version", "description"):
        if not document.get("info", {}).get(name):
            wrong.append("info: has no %s" % name)
    for name in ("info", "components"):
        wrong += check_members(name, document.get(name, {}), name)
    wrong += check_members("document", document, "document")
    for at, reference in references(document):
        try:
            resolve(document, reference)
        except (KeyError, TypeError):
            wrong.append("%s: %s leads nowhere" % (at, reference))
    if wrong:
        return wrong
    seen = {}
    for path, method, operation in operations(document):
        at = "%s %s" % (method, path)
        if method not in METHODS or not path.startswith("/"):
            wrong.append("%s: is no operation" % at)
        name = operation.get("operationId", "")
        if not re.match(r"[a-z][a-z_]*$", name) or name in seen:
            wrong.append("%s: operationId is %r, as of %s" % (at, name, seen.get(name)))
        seen[name] = at
        if not operation.get("summary"):
            wrong.append("%s: is not described" % at)
        wrong += check_members("operation", operation, at)
        wrong += check_parameters(document, path, operation, at)
        wrong += check_responses(document, operation, at)
        wrong += check_security(document, operation, at)
        if "requestBody" in operation:
            wrong += check_members("body", operation["requestBody"], at)
            wrong += check_content(document, operation["requestBody"].get("content", {}), at)
            if method in ("get", "delete"):
                wrong.append("%s: has a body" % at)
    schemas = document["components"]["schemas"].items()
    broken = [line for name, schema in schemas for line in check_schema(document, schema, name)]
    wrong += broken
    for name, schema in schemas if not broken else ():
        for example in schema.get("examples", []):
            wrong += validate(document, schema, example, name + " example")
    if routes is not None:
        rows = sorted(routes)
        have = sorted((operation["operationId"], method, path, sorted(operation["x-roles"])) for path, method, operation in operations(document))
        wrong += ["%s %s %s %s: is a route and not in the document" % row for row in rows if row not in have]
        wrong += ["%s %s %s %s: is in the document and no route" % row for row in have if row not in rows]
    return wrong


def check_answer(document, method, path, status, media, body):
    """What is wrong with an answer: path is the pattern, body bytes."""
    operation = document["paths"].get(path, {}).get(method.lower())
    at = "%s %s %d" % (method, path, status)
    if operation is None:
        return ["%s: the document has no such operation" % at]
    response = operation["responses"].get(str(status))
    if response is None:
        return ["%s: the document has no such answer" % at]
    if not body and "content" not in response:
        return []
    kind = (media or "").split(";")[0]
    content = response.get("content", {}).get(kind, response.get("content", {}).get("*/*"))
    if content is None:
        return ["%s: the document has no answer as %s" % (at, kind)]
    if not kind.endswith("json"):
        return []
    value = json.loads(body.decode("utf-8"))
    wrong = validate(document, content["schema"], value, at) if "schema" in content else []
    if status >= 400 and value.get("name") not in response["x-codes"]:
        wrong.append("%s: the code %s is not among those that the document names" % (at, value.get("name")))
    if value.__class__ is dict and status >= 400 and value.get("status") != status:
        wrong.append("%s: the problem says status %s" % (at, value.get("status")))
    return wrong


def main():
    if not 2 <= len(sys.argv) <= 3:
        print(__doc__, file=sys.stderr)
        return 2
    with open(sys.argv[1], encoding="utf-8") as file:
        document = json.load(file)
    wrong = check_document(document, list(read_routes(sys.argv[2])) if len(sys.argv) == 3 else None)
    for line in wrong:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
