package io.mimic.faults;

import io.mimic.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The one address of the nodes: an nginx that takes them in turn, and asks another one when a node does not answer a GET. */
final class Balancer implements AutoCloseable {
    private final Process process;
    private final int port;

    private Balancer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static Balancer start(Path folder, List<Integer> nodes) throws Exception {
        int port = FreePorts.next();
        Files.createDirectories(folder);
        Path config = Files.writeString(folder.resolve("nginx.conf"), config(port, folder, nodes));
        Process process = new ProcessBuilder(
                        "nginx", "-p", folder.toString(), "-c", config.toString(), "-e", folder + "/error.log")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("nginx.log").toFile())
                .start();
        Balancer balancer = new Balancer(process, port);
        Wait.until("nginx listens (see " + folder + "/nginx.log)", Duration.ofMinutes(1), balancer::listens);
        return balancer;
    }

    private static String config(int port, Path folder, List<Integer> nodes) {
        StringBuilder servers = new StringBuilder();
        for (int node : nodes) {
            servers.append("    server 127.0.0.1:").append(node).append(" max_fails=1 fail_timeout=2s;\n");
        }
        String user = System.getProperty("user.name").equals("root") ? "user root;\n" : "";
        return user
                + """
                daemon off;
                worker_processes 1;
                pid FOLDER/nginx.pid;
                error_log FOLDER/error.log;
                events { worker_connections 512; }
                http {
                  access_log off;
                  client_body_temp_path FOLDER/body;
                  proxy_temp_path FOLDER/proxy;
                  fastcgi_temp_path FOLDER/fastcgi;
                  uwsgi_temp_path FOLDER/uwsgi;
                  scgi_temp_path FOLDER/scgi;
                  client_max_body_size 64m;
                  upstream app {
                SERVERS    keepalive 32;
                  }
                  server {
                    listen 127.0.0.1:PORT;
                    location / {
                      proxy_pass http://app;
                      proxy_http_version 1.1;
                      proxy_set_header Connection "";
                      proxy_set_header Host $http_host;
                      proxy_connect_timeout 2s;
                      proxy_read_timeout 15s;
                      proxy_next_upstream error timeout;
                    }
                    location = / {
                      proxy_pass http://app;
                      proxy_http_version 1.1;
                      proxy_set_header Connection "";
                      proxy_set_header Host $http_host;
                      proxy_connect_timeout 2s;
                      proxy_read_timeout 3s;
                      proxy_next_upstream error timeout;
                    }
                  }
                }
                """.replace("FOLDER", folder.toString())
                        .replace("PORT", String.valueOf(port))
                        .replace("SERVERS", servers);
    }

    private boolean listens() throws FaultException {
        if (!process.isAlive()) {
            throw new FaultException("nginx ended at once with " + process.exitValue());
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

    String address() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.destroy(); // its worker ends with it
        Java.end(process, 5);
    }
}
