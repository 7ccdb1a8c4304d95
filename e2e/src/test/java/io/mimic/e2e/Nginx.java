package io.mimic.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** An nginx that shows an app below a prefix and forwards who asked. */
final class Nginx implements AutoCloseable {
    private static final String CONFIG = """
            daemon off;
            worker_processes 1;
            pid FOLDER/nginx.pid;
            error_log FOLDER/error.log;
            events { worker_connections 64; }
            http {
              access_log off;
              client_body_temp_path FOLDER/body;
              proxy_temp_path FOLDER/proxy;
              fastcgi_temp_path FOLDER/fastcgi;
              uwsgi_temp_path FOLDER/uwsgi;
              scgi_temp_path FOLDER/scgi;
              server {
                listen 127.0.0.1:PORT;
                location PREFIX/ {
                  proxy_pass TARGET/;
                  proxy_http_version 1.1;
                  proxy_set_header Host $http_host;
                  proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                  proxy_set_header X-Forwarded-Host $http_host;
                  proxy_set_header X-Forwarded-Proto $scheme;
                  proxy_set_header X-Forwarded-Prefix PREFIX;
                }
              }
            }
            """;

    private final ServerProcess process;
    private final int port = ServerProcess.freePort();

    /**
     * @param folder for what it writes
     * @param prefix such as {@code /outer}
     * @param target such as {@code http://127.0.0.1:8080/shop}
     */
    Nginx(Path folder, String prefix, String target) {
        String user = System.getProperty("user.name").equals("root") ? "user root;\n" : "";
        String text = CONFIG.replace("FOLDER", folder.toString())
                .replace("PORT", String.valueOf(port))
                .replace("PREFIX", prefix)
                .replace("TARGET", target);
        try {
            Path config = Files.writeString(Files.createDirectories(folder).resolve("nginx.conf"), user + text);
            process = ServerProcess.start(
                    folder,
                    Map.of("PATH", System.getenv("PATH") + ":/usr/sbin"),
                    List.of(
                            "/usr/bin/env",
                            "nginx",
                            "-p",
                            folder.toString(),
                            "-c",
                            config.toString(),
                            "-e",
                            folder + "/error.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Awaitility.await("nginx").atMost(Duration.ofMinutes(1)).until(this::listens);
    }

    private boolean listens() {
        if (!process.alive()) {
            throw new AssertionError("nginx ended: " + String.join("\n", process.printed()));
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.close();
    }
}
