package io.shardquake.node.core.config;

import java.util.List;

/**
 * Directives about TLS, which are fixed when the node starts, with the defaults of Redis 7.0.15.
 */
final class TlsDirectives {
  private static final Directive.Type YES_NO = new Directive.YesNo();
  private static final Directive.Type TEXT = new Directive.Text();
  private static final Directive.Type COUNT = new Directive.Whole(0, Integer.MAX_VALUE);

  static final List<Directive> ALL =
      List.of(
          fixed("tls-port", new Directive.Whole(0, 65_535), "0"),
          fixed("tls-cluster", YES_NO, "no"),
          fixed("tls-replication", YES_NO, "no"),
          fixed("tls-auth-clients", new Directive.OneOf(List.of("no", "yes", "optional")), "yes"),
          fixed("tls-cert-file", TEXT, ""),
          fixed("tls-key-file", TEXT, ""),
          fixed("tls-key-file-pass", TEXT, ""),
          fixed("tls-client-cert-file", TEXT, ""),
          fixed("tls-client-key-file", TEXT, ""),
          fixed("tls-client-key-file-pass", TEXT, ""),
          fixed("tls-ca-cert-file", TEXT, ""),
          fixed("tls-ca-cert-dir", TEXT, ""),
          fixed("tls-protocols", TEXT, ""),
          fixed("tls-ciphers", TEXT, ""),
          fixed("tls-ciphersuites", TEXT, ""),
          fixed("tls-dh-params-file", TEXT, ""),
          fixed("tls-prefer-server-ciphers", YES_NO, "no"),
          fixed("tls-session-caching", YES_NO, "yes"),
          fixed("tls-session-cache-size", COUNT, "20480"),
          fixed("tls-session-cache-timeout", COUNT, "300"));

  private TlsDirectives() {}

  private static Directive fixed(String name, Directive.Type type, String defaultValue) {
    return new Directive(name, "", type, defaultValue, Directive.Change.NEVER);
  }
}
