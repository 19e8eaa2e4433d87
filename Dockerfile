# The server in an image, from a clone and nothing else:
#
#   docker build --tag elacsym:latest .
#
# The first stage builds it and links a Java with no more than it needs; the second one has a small
# Debian, that Java and the program. docs/deployment.md tells how to run it.

FROM eclipse-temurin:25-jdk AS build
WORKDIR /source
COPY . .
# The cache of downloads outlives this build where the builder has such caches; nothing depends on it.
RUN --mount=type=cache,target=/root/.m2 \
    ./mvnw --quiet --batch-mode package -Dmaven.test.skip=true --projects distribution --also-make
RUN distribution/target/elacsym/bin/elacsym assemble --runtime --out /opt/elacsym

FROM debian:stable-slim
RUN useradd --create-home --uid 1000 elacsym \
    && mkdir --parents /data /cache /var/lib/elacsym /var/cache/elacsym \
    && chown elacsym:elacsym /data /cache /var/lib/elacsym /var/cache/elacsym
COPY --from=build /opt/elacsym /opt/elacsym
# Short commands start in half the time; the file fits one place and one Java, so it is made here.
RUN ln -s /opt/elacsym/bin/elacsym /usr/local/bin/elacsym && /opt/elacsym/bin/aot-cache

USER elacsym
# Here the defaults ./data and ./cache are the volumes /data and /cache.
WORKDIR /
VOLUME ["/data", "/cache"]
EXPOSE 3000

# The shell asks by itself: a JVM every few seconds would cost more than the answer is worth. It knows
# no configuration file: where that has another port, ELACSYM_PORT should say so instead.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${ELACSYM_PORT:-3000} && printf 'GET /health HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r -t 4 _ status _ <&3 && [[ $status == 200 ]]"]

# SIGTERM, docker's default, drains the server: allow it 60 s (docker stop --time 60).
ENTRYPOINT ["elacsym"]
