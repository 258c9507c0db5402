# Builds the hub and trains its start-up cache; see docker-compose.yml.
FROM maven:3-eclipse-temurin-25 AS build
WORKDIR /build
COPY . .
RUN mvn -B -ntp -DskipTests package \
 && java -Djarmode=tools -jar target/serai.jar extract --layers --destination layers --application-filename serai.jar

FROM eclipse-temurin:25-jre
RUN groupadd --system --gid 10001 serai && useradd --system --uid 10001 --gid serai --home /srv/serai serai
WORKDIR /srv/serai
COPY --from=build /build/layers/dependencies/ ./
COPY --from=build /build/layers/spring-boot-loader/ ./
COPY --from=build /build/layers/snapshot-dependencies/ ./
COPY --from=build /build/layers/application/ ./
ENV SERVER_ADDRESS=0.0.0.0 DJL_CACHE_DIR=/tmp/djl
# A hub that starts, answers and ends, with a database that is thrown away: what it loads is kept for every later start.
RUN chown serai /srv/serai && setpriv --reuid=serai --regid=serai --clear-groups \
    java -XX:AOTCacheOutput=serai.aot -XX:+UseParallelGC --enable-native-access=ALL-UNNAMED -jar serai.jar train \
 && rm -rf /tmp/* && chown root /srv/serai
USER serai
EXPOSE 8080
# The options of memory: docs/operations.md
ENTRYPOINT ["java", "-XX:AOTCache=serai.aot", "-XX:+UseParallelGC", "-Xms64m", "-XX:GCTimeRatio=19", "-XX:MaxRAMPercentage=60", \
    "-XX:TrimNativeHeapInterval=10000", "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED", "-jar", "serai.jar"]
