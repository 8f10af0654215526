package io.shardquake.node.server;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.shardquake.node.core.Input;
import io.shardquake.node.core.config.Configuration;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the node's connections speak TLS, by the directives that begin with {@code tls-}. As in
 * Redis, a certificate is trusted if its authority is, whatever host it names; members of a cluster
 * always have to show one.
 */
final class Tls {
  private final SslContext clients;
  private final SslContext bus;
  private final SslContext outgoing;

  private Tls(SslContext clients, SslContext bus, SslContext outgoing) {
    this.clients = clients;
    this.bus = bus;
    this.outgoing = outgoing;
  }

  /**
   * Reads certificates and keys.
   *
   * @return empty if the configuration asks for no TLS
   * @throws IOException with the reason in one line if they cannot be used
   */
  static Optional<Tls> of(Configuration configuration) throws IOException {
    boolean wanted =
        configuration.number("tls-port") != 0
            || configuration.yes("tls-cluster")
            || configuration.yes("tls-replication");
    if (!wanted) {
      return Optional.empty();
    }
    try {
      List<X509Certificate> authorities = authorities(configuration);
      return Optional.of(
          new Tls(
              incoming(configuration, authorities, authentication(configuration)),
              incoming(configuration, authorities, ClientAuth.REQUIRE),
              outgoing(configuration, authorities)));
    } catch (CertificateException | IllegalArgumentException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IOException("TLS cannot be had: " + e.getMessage() + " (" + cause + ")", e);
    }
  }

  private static List<X509Certificate> authorities(Configuration configuration)
      throws IOException, CertificateException {
    List<Path> files = new ArrayList<>();
    if (!configuration.text("tls-ca-cert-file").isEmpty()) {
      files.add(Path.of(configuration.text("tls-ca-cert-file")));
    }
    if (!configuration.text("tls-ca-cert-dir").isEmpty()) {
      try (Stream<Path> listed = Files.list(Path.of(configuration.text("tls-ca-cert-dir")))) {
        listed.filter(Files::isRegularFile).sorted().forEach(files::add);
      }
    }
    boolean needed =
        configuration.yes("tls-cluster")
            || configuration.yes("tls-replication")
            || !configuration.text("tls-auth-clients").equals("no");
    if (needed && files.isEmpty()) {
      throw new IOException(
          "Either tls-ca-cert-file or tls-ca-cert-dir must be specified when tls-cluster,"
              + " tls-replication or tls-auth-clients are enabled!");
    }
    List<X509Certificate> certificates = new ArrayList<>();
    for (Path file : files) {
      try (InputStream in = new FileInputStream(file.toFile())) {
        for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
          certificates.add((X509Certificate) certificate);
        }
      }
    }
    return certificates;
  }

  private static ClientAuth authentication(Configuration configuration) {
    return switch (configuration.text("tls-auth-clients")) {
      case "no" -> ClientAuth.NONE;
      case "optional" -> ClientAuth.OPTIONAL;
      default -> ClientAuth.REQUIRE;
    };
  }

  private static SslContext incoming(
      Configuration configuration, List<X509Certificate> authorities, ClientAuth authentication)
      throws IOException {
    SslContextBuilder builder =
        SslContextBuilder.forServer(
            file(configuration, "tls-cert-file"),
            file(configuration, "tls-key-file"),
            password(configuration, "tls-key-file-pass"));
    boolean caches = configuration.yes("tls-session-caching");
    builder.sessionCacheSize(caches ? configuration.number("tls-session-cache-size") : 1);
    builder.sessionTimeout(configuration.number("tls-session-cache-timeout"));
    return common(builder.clientAuth(authentication), configuration, authorities);
  }

  private static SslContext outgoing(Configuration configuration, List<X509Certificate> authorities)
      throws IOException {
    String prefix = configuration.text("tls-client-cert-file").isEmpty() ? "tls-" : "tls-client-";
    SslContextBuilder builder =
        SslContextBuilder.forClient()
            .keyManager(
                file(configuration, prefix + "cert-file"),
                file(configuration, prefix + "key-file"),
                password(configuration, prefix + "key-file-pass"))
            .endpointIdentificationAlgorithm(null);
    return common(builder, configuration, authorities);
  }

  private static SslContext common(
      SslContextBuilder builder, Configuration configuration, List<X509Certificate> authorities)
      throws IOException {
    builder.sslProvider(SslProvider.JDK);
    if (!authorities.isEmpty()) {
      builder.trustManager(authorities);
    }
    String protocols = configuration.text("tls-protocols").strip();
    if (!protocols.isEmpty()) {
      builder.protocols(protocols.split(" +", -1));
    }
    return builder.build();
  }

  private static File file(Configuration configuration, String directive) throws IOException {
    File file = new File(configuration.text(directive));
    if (!file.canRead()) {
      throw new IOException(directive + " names no readable file, which TLS needs: '" + file + "'");
    }
    return file;
  }

  private static @Nullable String password(Configuration configuration, String directive) {
    String password = configuration.text(directive);
    return password.isEmpty() ? null : password;
  }

  /** What connections that come in through a listener speak. */
  SslContext of(Input.Listener listener) {
    return listener == Input.Listener.BUS ? bus : clients;
  }

  /** What connections speak that the node opens. */
  SslContext outgoing() {
    return outgoing;
  }
}
