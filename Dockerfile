# The packaged server in an image. Package it first:
#
#   ./mvnw --quiet package -Dmaven.test.skip=true --projects distribution --also-make
#   docker build --tag elacsym:latest .
FROM eclipse-temurin:25-jdk

# Some base images have a user with this number already.
RUN (id -nu 1000 >/dev/null 2>&1 && userdel --remove "$(id -nu 1000)" || true) \
    && useradd --create-home --uid 1000 elacsym \
    && mkdir --parents /data /cache /var/lib/elacsym /var/cache/elacsym \
    && chown elacsym:elacsym /data /cache /var/lib/elacsym /var/cache/elacsym

COPY distribution/target/elacsym /opt/elacsym
# Short commands start in half the time; the file fits one place and one Java, so it is made here.
RUN ln -s /opt/elacsym/bin/elacsym /usr/local/bin/elacsym && /opt/elacsym/bin/aot-cache

USER elacsym
# Here the defaults ./data and ./cache are the volumes /data and /cache.
WORKDIR /

EXPOSE 3000

ENTRYPOINT ["elacsym"]
