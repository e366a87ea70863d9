"""
OpenStack Swift in one process: proxy with the S3 layer, account, container and object server. Debian's package
python3-swift has all of it. Objects are kept in memory, the rest in the folder given.

    /usr/bin/python3 s3Server.py <folder> <access key> <secret key>

Writes `ready <port>` when it answers, and ends when its standard input ends, removing the folder.
"""

import eventlet

eventlet.monkey_patch()

import logging
import os
import shutil
import sys

from eventlet import wsgi
from swift.common import utils
from swift.common.ring import RingBuilder
from swift.common.wsgi import loadapp

# Normally from /etc/swift; names of objects are hashed with it.
utils.HASH_PATH_SUFFIX = b"mitra"
utils.HASH_PATH_PREFIX = b""

folder, access_key, secret_key = sys.argv[1:4]
account, user = access_key.split(":")
logging.disable(logging.CRITICAL)


class Cache:
    """What tempauth wants of memcached."""

    def __init__(self):
        self.values = {}

    def get(self, key, **_options):
        return self.values.get(key)

    def set(self, key, value, **_options):
        self.values[key] = value

    def delete(self, key, **_options):
        self.values.pop(key, None)


cache = Cache()


def with_cache(app):
    def call(env, start_response):
        env["swift.cache"] = cache
        return app(env, start_response)

    return call


def listen():
    return eventlet.listen(("127.0.0.1", 0), backlog=256)


def write_ring(kind, port):
    builder = RingBuilder(part_power=2, replicas=1, min_part_hours=0)
    builder.add_dev(
        {"id": 0, "region": 1, "zone": 1, "weight": 1, "ip": "127.0.0.1", "port": port, "device": "disk"}
    )
    builder.rebalance()
    builder.get_ring().save(os.path.join(folder, kind + ".ring.gz"))


def serve(socket, text, kind):
    path = os.path.join(folder, kind + ".conf")
    with open(path, "w") as config:
        config.write(text)
    app = loadapp(path)
    eventlet.spawn(
        wsgi.server, socket, with_cache(app), log=logging.getLogger("swift"), log_output=False, debug=False
    )


storage = """
[DEFAULT]
swift_dir = {folder}
devices = {folder}
mount_check = false
[app:main]
use = egg:swift#{app}
"""

proxy = """
[DEFAULT]
swift_dir = {folder}
[pipeline:main]
pipeline = catch_errors listing_formats bulk s3api tempauth slo dlo proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:tempauth]
use = egg:swift#tempauth
user_{account}_{user} = {secret_key} .admin
[filter:s3api]
use = egg:swift#s3api
location = test-region
storage_domain = s3.test
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:bulk]
use = egg:swift#bulk
[filter:slo]
use = egg:swift#slo
[filter:dlo]
use = egg:swift#dlo
"""

os.makedirs(os.path.join(folder, "disk"), exist_ok=True)
for kind, app in (("account", "account"), ("container", "container"), ("object", "mem_object")):
    socket = listen()
    write_ring(kind, socket.getsockname()[1])
    serve(socket, storage.format(folder=folder, app=app), kind)
front = listen()
serve(
    front,
    proxy.format(folder=folder, account=account, user=user, secret_key=secret_key),
    "proxy",
)
print("ready", front.getsockname()[1], flush=True)

# It ends when whoever started us has ended, by whatever means.
eventlet.tpool.execute(sys.stdin.read)
shutil.rmtree(folder, ignore_errors=True)
os._exit(0)
