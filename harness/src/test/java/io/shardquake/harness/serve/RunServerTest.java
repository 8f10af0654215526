package io.shardquake.harness.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunServerTest {
  @TempDir Path root;
  private RunServer server;

  @BeforeEach
  void start() throws IOException {
    SampleStore.write(root);
    server = RunServer.start(root, 0);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(HttpRequest.newBuilder(uri(path)).build());
  }

  private URI uri(String path) {
    return URI.create(server.address().toString().replaceFirst("/$", "") + path);
  }

  private static HttpResponse<String> send(HttpRequest request) throws Exception {
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }

  @Test
  void listsRunsAndCertificatesTheNewestFirst() throws Exception {
    String page = get("/").body();

    assertThat(page)
        .containsSubsequence(
            SampleStore.NEW,
            SampleStore.OLD,
            SampleStore.UNJUDGED,
            SampleStore.KEPT,
            SampleStore.LOST)
        .contains("5 of 5", "not judged", "broken: B07")
        .doesNotContain("no-run", "secret");
  }

  @Test
  void searchesInAllThatIsKnownAndByVerdict() throws Exception {
    assertThat(get("/?q=LOST-write+redis").body()).contains("1 of 5", SampleStore.LOST);
    assertThat(get("/?verdict=VALID").body())
        .contains("2 of 5", SampleStore.KEPT, SampleStore.NEW)
        .doesNotContain(SampleStore.LOST);
    assertThat(get("/?q=%3Cscript%3E").body()).contains("0 of 5").doesNotContain("<script>");
  }

  @Test
  void showsARunWithItsFindingsEscaped() throws Exception {
    String page = get("/runs/" + SampleStore.LOST).body();

    assertThat(page)
        .contains("durability: 1 write was lost", "&lt;img src=x", "./shardquake run --seed 7")
        .contains("/runs/" + SampleStore.LOST + "/files/logs/n1.log")
        .doesNotContain("<img");
  }

  @Test
  void comparesTwoRuns() throws Exception {
    String page = get("/compare?run=" + SampleStore.LOST + "&run=" + SampleStore.KEPT).body();

    assertThat(page)
        .contains("<tr class=\"differs\"><th>seed</th><td>7</td><td>8</td></tr>")
        .contains("<tr class=\"differs\"><th>findings: lost-write</th><td>1</td><td></td></tr>")
        .contains("<tr><th>target</th><td>redis</td><td>redis</td></tr>");
    assertThat(get("/compare?run=" + SampleStore.LOST).statusCode()).isEqualTo(400);
  }

  @Test
  void comparesTwoCertificatesPromiseByPromise() throws Exception {
    assertThat(get("/compare?run=" + SampleStore.OLD + "&run=" + SampleStore.NEW).body())
        .contains("B07  broken -&gt; kept");
  }

  @Test
  void givesOutFilesAndAllAsZip() throws Exception {
    HttpResponse<String> log = get("/runs/" + SampleStore.LOST + "/files/logs/n1.log");
    assertThat(log.body()).startsWith("a log of <img");
    assertThat(log.headers().firstValue("Content-Type")).hasValue("text/plain; charset=utf-8");
    assertThat(log.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");

    byte[] zip =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(uri("/runs/" + SampleStore.KEPT + "/download")).build(),
                BodyHandlers.ofByteArray())
            .body();
    List<String> names = new ArrayList<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        names.add(entry.getName());
      }
    }
    assertThat(names)
        .contains(SampleStore.KEPT + "/verdict.json", SampleStore.KEPT + "/logs/n1.log")
        .noneMatch(name -> name.endsWith("link.txt"));
  }

  @Test
  void nothingOutsideTheStoreIsGivenOut() throws Exception {
    for (String path :
        List.of(
            "/runs/" + SampleStore.KEPT + "/files/../../secret.txt",
            "/runs/" + SampleStore.KEPT + "/files/..%2F..%2Fsecret.txt",
            "/runs/" + SampleStore.KEPT + "/files/%2Fetc%2Fpasswd",
            "/runs/" + SampleStore.KEPT + "/files/link.txt",
            "/runs/..",
            "/runs/%2E%2E/files/etc/passwd",
            "/runs/no-run",
            "/other")) {
      HttpResponse<String> answer = get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(404);
      assertThat(answer.body()).as(path).doesNotContain("not for serving", "root:");
    }
    assertThat(get("/runs/a%00b").statusCode()).isEqualTo(400);
  }

  @Test
  void pagesMayRunNoScriptAndFilesHaveAnOriginOfTheirOwn() throws Exception {
    assertThat(get("/").headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("default-src 'none'")
        .doesNotContain("script-src");
    assertThat(
            get("/runs/" + SampleStore.LOST + "/files/report.html")
                .headers()
                .firstValue("Content-Security-Policy")
                .orElseThrow())
        .contains("sandbox allow-scripts")
        .doesNotContain("allow-same-origin");
  }

  @Test
  void nothingCanBeChanged() throws Exception {
    for (String method : List.of("POST", "PUT", "DELETE")) {
      HttpRequest request =
          HttpRequest.newBuilder(uri("/"))
              .method(method, HttpRequest.BodyPublishers.ofString("x"))
              .build();
      assertThat(send(request).statusCode()).as(method).isEqualTo(405);
    }
    HttpRequest head =
        HttpRequest.newBuilder(uri("/"))
            .method("HEAD", HttpRequest.BodyPublishers.noBody())
            .build();
    assertThat(send(head).body()).isEmpty();
  }

  @Test
  void onlyLoopbackIsServedAndOnlyByItsOwnName() throws Exception {
    assertThat(InetAddress.getByName(server.address().getHost()).isLoopbackAddress()).isTrue();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
      socket
          .getOutputStream()
          .write(
              "GET / HTTP/1.1\r\nHost: rebound.example\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 403")
          .doesNotContain(SampleStore.KEPT);
    }
  }

  @Test
  void whatCannotBeReadIsListedWithTheReason() throws Exception {
    Files.writeString(root.resolve(SampleStore.KEPT).resolve("verdict.json"), "{");

    assertThat(get("/?q=kept+not+judged").body()).contains("is not JSON");
  }
}
