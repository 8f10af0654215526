package io.shardquake.reports.html;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Properties;

/** The parts of the page that are the same for every run, from the class path. */
record PageAssets(String template, String style, String charts, String script) {
  /** In the order in which they use one another. */
  private static final List<String> SCRIPTS =
      List.of(
          "dom",
          "format",
          "theme",
          "charts",
          "banner",
          "timeline",
          "operations",
          "lanes",
          "findings",
          "tables",
          "slotmap",
          "explorer",
          "main");

  private static final String WEBJAR = "/META-INF/resources/webjars/echarts/";

  /**
   * Reads them.
   *
   * @throws IOException if one is missing, which is a fault of the installation
   */
  static PageAssets load() throws IOException {
    StringBuilder script = new StringBuilder("(() => {\n'use strict';\n");
    script.append("const data = JSON.parse(document.getElementById('data').textContent);\n");
    for (String name : SCRIPTS) {
      script.append(own(name + ".js"));
    }
    script.append("})();\n");
    return new PageAssets(own("page.html"), own("page.css"), chartLibrary(), script.toString());
  }

  /**
   * What the page may do: run exactly these scripts, apply exactly this style, and nothing else; it
   * may load nothing from anywhere.
   */
  String contentSecurityPolicy() {
    return "default-src 'none'; script-src %s %s; style-src %s; img-src data:; base-uri 'none'; form-action 'none'"
        .formatted(hash(charts), hash(script), hash(style));
  }

  private static String own(String name) throws IOException {
    return text("/io/shardquake/reports/html/" + name);
  }

  private static String chartLibrary() throws IOException {
    Properties webjar = new Properties();
    try (InputStream in = open("/io/shardquake/reports/html/echarts.properties")) {
      webjar.load(in);
    }
    return text(WEBJAR + webjar.getProperty("version") + "/echarts.min.js");
  }

  private static String text(String resource) throws IOException {
    try (InputStream in = open(resource)) {
      // A browser turns CR LF into LF before it takes the hash.
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
  }

  private static InputStream open(String resource) throws IOException {
    InputStream in = PageAssets.class.getResourceAsStream(resource);
    if (in == null) {
      throw new IOException("the installation is incomplete: " + resource + " is missing");
    }
    return in;
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
