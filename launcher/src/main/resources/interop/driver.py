"""Runs one test of Eclipse's tests for MQTT servers, which are not part of Anban, against a gateway.

Arguments: 4 or 5, the test's name, "plain" or "commands". INTEROP (JSON) says where the gateway is and who its devices are.
The tests know no user names, keys or topics of ours: they are added here. A gateway passes nothing from client to client;
with "commands", what a test publishes comes back to its subscribers as a command that staff send.
"""
import importlib
import json
import os
import socket
import sys
import unittest
import urllib.request

version, test, mode = int(sys.argv[1]), sys.argv[2], sys.argv[3]
here = json.loads(os.environ["INTEROP"])
sys.argv = sys.argv[:1]
sys.path.insert(0, here["folder"])
os.chdir(here["folder"])

tests = importlib.import_module("client_test" if version == 4 else "client_test5")
Client = tests.mqtt_client.Client
plain = {name: getattr(Client, name) for name in ("__init__", "connect", "subscribe", "unsubscribe", "publish")}
devices = dict(zip(("myclientid", "myclientid2", ""), here["devices"]))
listeners = {}


class Patient(socket.socket):
    """The tests' clients give up after half a second, which a busy machine may need."""

    def settimeout(self, seconds):
        super().settimeout(max(seconds, 3))


socket.socket = Patient

tests.host, tests.port = "127.0.0.1", here["port"]
tests.topics = ("a", "a/b", "c/d", "a/d", "/a")
tests.wildtopics = ("a/+", "+/d", "#", "/#", "/+", "+/+", "a/#")
tests.nosubscribe_topics = ("test/nosubscribe",)
tests.setData = tests.cleanup = tests.cleanRetained = lambda: None  # each test has devices of its own


def staff(path, body, token=None):
    request = urllib.request.Request(here["http"] + path, json.dumps(body).encode(), {"Content-Type": "application/json"})
    if token:
        request.add_header("Authorization", "Bearer " + token)
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.load(answer)


token = staff("/api/v1/sessions", here["operator"])["token"] if mode == "commands" else None


def own(client, name):
    return "care/v1/%s/%s" % (client.device["id"], name)


def room(client):
    """How much longer a command is than a packet of the test with the same text."""
    empty = json.dumps({"type": "interop", "text": "", "id": "0" * 36}, separators=(",", ":"))
    return len(own(client, "command")) + len(empty) + 4


def matches(wanted, topic):
    left, right = wanted.split("/"), topic.split("/")
    if left[-1] == "#":
        left, right = left[:-1], right[:len(left) - 1]
    return len(left) == len(right) and all(a in ("+", b) for a, b in zip(left, right))


def begin(client, clientid):
    name = clientid.decode() if isinstance(clientid, bytes) else clientid
    client.device = devices[name]
    plain["__init__"](client, (client.device["id"] if name else "").encode())


def connect(client, *args, **options):
    options.setdefault("username", client.device["id"])
    options.setdefault("password", client.device["key"].encode())
    if options.get("willTopic"):
        options["willTopic"] = own(client, "status")
    properties = options.get("properties")
    if properties is not None and hasattr(properties, "MaximumPacketSize"):
        properties.MaximumPacketSize += room(client)
    if options.get("cleansession", options.get("cleanstart", True)):
        listeners.pop(client.device["id"], None)
    client.aliases = {}
    return plain["connect"](client, *args, **options)


def subscribe(client, filters, *args, **options):
    if filters[0] in tests.nosubscribe_topics:
        return plain["subscribe"](client, filters, *args, **options)
    listeners.setdefault(client.device["id"], set()).update(filters)
    return plain["subscribe"](client, [own(client, "command")] * len(filters), *args, **options)


def unsubscribe(client, filters, *args, **options):
    listeners.get(client.device["id"], set()).difference_update(filters)
    return plain["unsubscribe"](client, [own(client, "command")], *args, **options)


def publish(client, topic, payload, *args, **options):
    text = payload if isinstance(payload, str) else payload.decode()
    properties = options.get("properties")
    alias = getattr(properties, "TopicAlias", 0) if properties is not None else 0
    if topic:
        client.aliases[alias] = topic
    sent = plain["publish"](client, topic and own(client, "telemetry"), b'{"heartRate":72}', *args, **options)
    if mode == "commands":
        body = {"type": "interop", "text": text, "expiresInSeconds": getattr(properties, "MessageExpiryInterval", 600)}
        for device, filters in listeners.items():
            if any(matches(one, client.aliases.get(alias, "")) for one in filters):
                staff("/api/v1/devices/%s/commands" % device, body, token)
    return sent


Client.__init__, Client.connect, Client.publish = begin, connect, publish
Client.subscribe, Client.unsubscribe = subscribe, unsubscribe
done = unittest.TextTestRunner(verbosity=0).run(unittest.TestSuite([tests.Test(test)]))
sys.exit(0 if done.wasSuccessful() else 1)
