"""Calls a server with Alibaba Cloud's own Python clients and prints what each call came to.

Input, JSON on stdin: {"host": "127.0.0.1:8080", "role": "<ARN>", "user": {...}, "disabled": {...}, "session": {...}}, where a
key is {"id", "secret"} and a session has a "token" too. Output: one JSON object, case -> {"code" or "answer"}.
"""

import json
import sys

from alibabacloud_ram20150501 import models as ram_models
from alibabacloud_ram20150501.client import Client as Ram
from alibabacloud_sts20150401 import models as sts_models
from alibabacloud_sts20150401.client import Client as Sts
from alibabacloud_tea_openapi import models as openapi_models
from aliyunsdkcore.acs_exception.exceptions import ServerException
from aliyunsdkcore.auth.credentials import StsTokenCredential
from aliyunsdkcore.client import AcsClient
from aliyunsdkcore.request import RpcRequest
from darabonba.exceptions import DaraException

# Reserved characters, those that the clients escape differently, and such as need several bytes.
AWKWARD = "上海 a+b~*'()!/?&=%25;:@,\"<>#[]{}|\\^`€🔑"


def old(given, key, action, version="2015-04-01", method="GET", **parameters):
    """One call of the older client, which signs with V1."""
    token = key.get("token")
    client = AcsClient(
        None if token else key["id"],
        None if token else key["secret"],
        "cn-hangzhou",
        auto_retry=False,
        credential=StsTokenCredential(key["id"], key["secret"], token) if token else None,
    )
    request = RpcRequest("Any", version, action, protocol="http")
    request.endpoint = given["host"]
    request.set_method(method)
    for name, value in parameters.items():
        if method == "POST":
            request.add_body_params(name, value)
        else:
            request.add_query_param(name, value)
    try:
        return {"answer": json.loads(client.do_action_with_exception(request))}
    except ServerException as error:
        return {"code": error.get_error_code(), "status": error.get_http_status()}


def new(given, key, kind, call):
    """One call of the newer client, which signs with V3."""
    config = openapi_models.Config(
        access_key_id=key["id"],
        access_key_secret=key["secret"],
        security_token=key.get("token"),
        endpoint=given["host"],
        protocol="http",
        region_id="cn-hangzhou",
    )
    try:
        return {"answer": call(kind(config)).body.to_map()}
    except DaraException as error:
        return {"code": error.code, "status": getattr(error, "status_code", None)}


def main():
    given = json.load(sys.stdin)
    user, disabled, session = given["user"], given["disabled"], given["session"]
    wrong = {"id": user["id"], "secret": session["secret"]}
    policy = json.dumps(
        {"Version": "1", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "acs:oss:*:*:" + AWKWARD}]},
        ensure_ascii=False,
    )

    def identity(client):
        return client.get_caller_identity()

    def assume(client):
        asked = sts_models.AssumeRoleRequest(role_arn=given["role"], role_session_name="python", policy=policy)
        return client.assume_role(asked)

    def users(marker=None):
        return lambda client: client.list_users(ram_models.ListUsersRequest(max_items=2, marker=marker))

    print(
        json.dumps(
            {
                "V1 identity": old(given, user, "GetCallerIdentity"),
                "V1 identity, posted": old(given, user, "GetCallerIdentity", method="POST"),
                "V1 list": old(given, user, "ListUsers", "2015-05-01", MaxItems="2"),
                "V1 awkward": old(given, user, "ListUsers", "2015-05-01", Note=AWKWARD),
                "V1 awkward, posted": old(given, user, "ListUsers", "2015-05-01", "POST", Note=AWKWARD),
                "V1 session": old(given, session, "GetCallerIdentity"),
                "V1 wrong secret": old(given, wrong, "GetCallerIdentity", Note=AWKWARD),
                "V1 disabled": old(given, disabled, "GetCallerIdentity"),
                "V3 identity": new(given, user, Sts, identity),
                "V3 list": new(given, user, Ram, users()),
                "V3 awkward": new(given, user, Ram, users(AWKWARD)),
                "V3 awkward, with a role": new(given, user, Sts, assume),
                "V3 session": new(given, session, Sts, identity),
                "V3 wrong secret": new(given, wrong, Sts, identity),
                "V3 disabled": new(given, disabled, Sts, identity),
                "V3 not granted": new(given, session, Ram, users()),
            }
        )
    )


main()
