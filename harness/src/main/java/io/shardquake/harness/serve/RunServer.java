package io.shardquake.harness.serve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.shardquake.harness.certify.CertificateComparison;
import io.shardquake.harness.certify.CertificateJson;
import io.shardquake.harness.store.StoreException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the pages over a {@link RunStore} to this machine: it listens on a loopback address only,
 * answers only requests that name it by one (so that no other site's name can be made to point
 * here), changes nothing, and gives out nothing that lies outside the store. Thread-safe.
 */
public final class RunServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunServer.class);
  private static final int THREADS = 4;
  private static final int BACKLOG = 16;
  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final String RUNS = "/runs/";
  private static final Set<String> OWN_NAMES = Set.of("127.0.0.1", "localhost", "[::1]");
  private static final String NO_SCRIPT =
      "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; form-action 'self';"
          + " base-uri 'none'; frame-ancestors 'none'";

  /** Reports have scripts of their own; they get an origin of their own, and reach nothing. */
  private static final String OF_FILES =
      "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src 'self'"
          + " data: blob:; base-uri 'none'; sandbox allow-scripts allow-downloads allow-popups"
          + " allow-modals";

  private final RunStore store;
  private final HttpServer server;
  private final ExecutorService threads;

  private RunServer(RunStore store, HttpServer server, ExecutorService threads) {
    this.store = store;
    this.server = server;
    this.threads = threads;
  }

  /**
   * Begins to serve.
   *
   * @param root whose subdirectories are runs and certificates
   * @param port to listen on; 0 for any that is free
   * @throws IOException if the port cannot be listened on
   */
  public static RunServer start(Path root, int port) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), BACKLOG);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    server.setExecutor(threads);
    RunServer serving = new RunServer(new RunStore(root), server, threads);
    server.createContext("/", serving::handle);
    server.start();
    return serving;
  }

  /** Where it is to be found. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
  }

  /** An answer that is no page of the store's. */
  private static final class Refusal extends Exception {
    private static final long serialVersionUID = 1;
    private final int status;

    Refusal(int status, String message) {
      super(message);
      this.status = status;
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      try {
        requireOurs(exchange);
        answer(exchange);
      } catch (Refusal refusal) {
        page(exchange, refusal.status, Pages.problem(String.valueOf(refusal.getMessage())));
      } catch (StoreException unreadable) {
        page(exchange, 500, Pages.problem(String.valueOf(unreadable.getMessage())));
      } catch (RuntimeException fault) {
        LOG.error("{} could not be answered", exchange.getRequestURI(), fault);
        page(exchange, 500, Pages.problem("This could not be answered: " + fault));
      }
    }
  }

  private static void requireOurs(HttpExchange exchange) throws Refusal {
    String host =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Host"))
            .map(it -> it.replaceFirst(":\\d+$", ""))
            .orElse("");
    if (!OWN_NAMES.contains(host)) {
      throw new Refusal(403, "Only 127.0.0.1 and localhost are served");
    }
    if (!Set.of("GET", "HEAD").contains(exchange.getRequestMethod())) {
      throw new Refusal(405, "Runs can be read, and nothing else");
    }
  }

  private void answer(HttpExchange exchange) throws Refusal, StoreException, IOException {
    String path = exchange.getRequestURI().getRawPath();
    if (path.equals("/")) {
      list(exchange);
    } else if (path.equals("/compare")) {
      compare(exchange);
    } else if (path.startsWith(RUNS)) {
      String[] parts = path.substring(RUNS.length()).split("/", 3);
      StoredRun run = run(decoded(parts[0]));
      if (parts.length == 1) {
        page(exchange, 200, Pages.run(run, RunStore.files(run)));
      } else if (parts.length == 2 && parts[1].equals("download")) {
        zip(exchange, run);
      } else if (parts.length == 3 && parts[1].equals("files")) {
        file(exchange, run, decoded(parts[2]));
      } else {
        throw new Refusal(404, "There is no such page");
      }
    } else {
      throw new Refusal(404, "There is no such page");
    }
  }

  private StoredRun run(String name) throws Refusal {
    return store.named(name).orElseThrow(() -> new Refusal(404, "There is no run " + name));
  }

  private void list(HttpExchange exchange) throws StoreException, IOException, Refusal {
    String query = parameters(exchange, "q").stream().findFirst().orElse("");
    String verdict = parameters(exchange, "verdict").stream().findFirst().orElse("");
    List<StoredRun> all = store.list();
    List<StoredRun> shown =
        all.stream()
            .filter(run -> run.matches(Pages.words(query)))
            .filter(run -> verdict.isEmpty() || run.verdictText().equals(verdict))
            .toList();
    page(exchange, 200, Pages.list(store.root(), shown, all.size(), query, verdict));
  }

  private void compare(HttpExchange exchange) throws Refusal, StoreException, IOException {
    List<String> names = parameters(exchange, "run");
    if (names.size() != 2) {
      throw new Refusal(400, "Choose two runs to compare, not " + names.size());
    }
    StoredRun one = run(names.get(0));
    StoredRun other = run(names.get(1));
    boolean certificates =
        one.kind() == StoredRun.Kind.CERTIFICATE && other.kind() == StoredRun.Kind.CERTIFICATE;
    List<String> differences =
        certificates
            ? CertificateComparison.of(
                    CertificateJson.read(one.path()).certificate(),
                    CertificateJson.read(other.path()).certificate())
                .differences()
            : List.of();
    page(exchange, 200, Pages.comparison(one, other, differences));
  }

  private static void file(HttpExchange exchange, StoredRun run, String relative)
      throws Refusal, IOException {
    Path file =
        RunStore.file(run, relative)
            .orElseThrow(() -> new Refusal(404, run.name() + " has no file " + relative));
    head(exchange, contentType(file));
    exchange.getResponseHeaders().set("Content-Security-Policy", OF_FILES);
    // In chunks: a file of a run that goes on may grow meanwhile.
    exchange.sendResponseHeaders(200, isHead(exchange) ? -1 : 0);
    if (!isHead(exchange)) {
      Files.copy(file, exchange.getResponseBody());
    }
  }

  private static void zip(HttpExchange exchange, StoredRun run) throws StoreException, IOException {
    List<Path> files = RunStore.files(run);
    head(exchange, "application/zip");
    String name = run.name().replaceAll("[^A-Za-z0-9._-]", "_");
    exchange
        .getResponseHeaders()
        .set("Content-Disposition", "attachment; filename=\"" + name + ".zip\"");
    exchange.sendResponseHeaders(200, isHead(exchange) ? -1 : 0);
    if (isHead(exchange)) {
      return;
    }
    try (ZipOutputStream zip = new ZipOutputStream(exchange.getResponseBody())) {
      for (Path file : files) {
        zip.putNextEntry(new ZipEntry(name + "/" + file));
        Files.copy(run.path().resolve(file), zip);
        zip.closeEntry();
      }
    }
  }

  private static String contentType(Path file) {
    String name = file.getFileName().toString();
    String ending = name.substring(name.lastIndexOf('.') + 1);
    return switch (ending) {
      case "html" -> "text/html; charset=utf-8";
      case "svg" -> "image/svg+xml";
      case "json" -> "application/json";
      case "xml", "jsonl", "log", "txt", "conf", "md" -> "text/plain; charset=utf-8";
      default -> "application/octet-stream";
    };
  }

  private static void page(HttpExchange exchange, int status, String page) throws IOException {
    byte[] bytes = page.getBytes(StandardCharsets.UTF_8);
    head(exchange, "text/html; charset=utf-8");
    exchange.sendResponseHeaders(status, isHead(exchange) ? -1 : bytes.length);
    if (!isHead(exchange)) {
      try (OutputStream body = exchange.getResponseBody()) {
        body.write(bytes);
      }
    }
  }

  private static void head(HttpExchange exchange, String contentType) {
    exchange.getResponseHeaders().set("Content-Type", contentType);
    exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
    exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.getResponseHeaders().set("Content-Security-Policy", NO_SCRIPT);
  }

  private static boolean isHead(HttpExchange exchange) {
    return exchange.getRequestMethod().equals("HEAD");
  }

  private static List<String> parameters(HttpExchange exchange, String name) throws Refusal {
    String query = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
    List<String> values = new ArrayList<>();
    for (String pair : query.split("&", -1)) {
      String[] sides = pair.split("=", 2);
      if (sides.length == 2 && decoded(sides[0]).equals(name)) {
        values.add(decoded(sides[1].replace('+', ' ')));
      }
    }
    return values;
  }

  /** Without %-signs; a plus stays one, as in paths. */
  private static String decoded(String text) throws Refusal {
    try {
      String decoded = URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
      if (decoded.indexOf('\0') >= 0) {
        throw new Refusal(400, "No name has such a character");
      }
      return decoded;
    } catch (IllegalArgumentException malformed) {
      throw new Refusal(400, "The address is malformed");
    }
  }
}
