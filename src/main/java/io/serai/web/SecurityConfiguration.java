package io.serai.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.access.hierarchicalroles.RoleHierarchyImpl;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.CookieRequestCache;
import org.springframework.security.web.util.matcher.MediaTypeRequestMatcher;

/** Who may pass where. Three gates, tried in this order; what has no rule of its own needs a login or a token. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    private static final String STRICT = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
            + "img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    /** Swagger's page sets styles from its script; scripts stay ours alone. */
    private static final String SWAGGER = STRICT.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'");

    private static final String VIEWER = "viewer";
    private static final String OPERATOR = "operator";
    private static final String ENGINEER = "engineer";
    private static final String ADMIN = "admin";
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private final Problems problems;

    SecurityConfiguration(Problems problems) {
        this.problems = problems;
    }

    @Bean
    static PasswordEncoder passwordEncoder() {
        return PasswordEncoderFactories.createDelegatingPasswordEncoder();
    }

    /** What matters is measured once for a request; a measurement for each filter would cost more than the filters do. */
    @Bean
    static SecurityObservationSettings unobserved() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    static RoleHierarchy roleHierarchy() {
        return RoleHierarchyImpl.withDefaultRolePrefix()
                .role(ADMIN).implies(ENGINEER)
                .role(ENGINEER).implies(OPERATOR)
                .role(OPERATOR).implies(VIEWER)
                .build();
    }

    /** Doors that look at their callers themselves: the web chat by its cookie, a hook by its own credential, an export by its code. */
    @Bean
    @Order(1)
    SecurityFilterChain gateOfDoors(HttpSecurity http) throws Exception {
        return stateless(http.securityMatcher("/api/chat", "/api/chat/**", "/api/export", "/hooks/**"))
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    /** Programs that speak OpenAI's protocol: a token and nothing else, since its name is the account of their users. */
    @Bean
    @Order(2)
    SecurityFilterChain gateOfCompletions(HttpSecurity http, Tokens tokens) throws Exception {
        return stateless(http.securityMatcher("/v1/**"))
                .addFilterBefore(new BearerFilter(tokens, problems), AuthorizationFilter.class)
                .authorizeHttpRequests(requests -> requests
                        .dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR).permitAll()
                        .anyRequest().hasRole(OPERATOR))
                .build();
    }

    /** Everything else: the page and its health for everybody, the rest for people with a login and programs with a token. */
    @Bean
    @Order(3)
    SecurityFilterChain gateOfHouse(HttpSecurity http, Login login, Tokens tokens, Staff staff) throws Exception {
        CsrfTokenRequestAttributeHandler plain = new CsrfTokenRequestAttributeHandler(); // unmasked: responses are not compressed (BREACH)
        return guarded(http)
                .authenticationManager(new ProviderManager(login)) // with no other behind it that would be asked, and counted, once more
                .httpBasic(basic -> basic.authenticationEntryPoint(this::ask))
                .formLogin(form -> form.defaultSuccessUrl("/api/docs"))
                .logout(Customizer.withDefaults())
                .csrf(csrf -> csrf
                        .csrfTokenRepository(CookieCsrfTokenRepository.withHttpOnlyFalse())
                        .csrfTokenRequestHandler(plain)
                        .requireCsrfProtectionMatcher(SecurityConfiguration::couldBeForged))
                .requestCache(cache -> cache.requestCache(wayBack()))
                .exceptionHandling(failed -> failed
                        .defaultAuthenticationEntryPointFor(new LoginUrlAuthenticationEntryPoint("/login"), html())
                        .defaultAuthenticationEntryPointFor(this::ask, request -> true))
                .addFilterBefore(new BearerFilter(tokens, problems), AuthorizationFilter.class)
                .addFilterBefore(new StillStaff(staff), AuthorizationFilter.class)
                .authorizeHttpRequests(requests -> requests
                        .dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR, DispatcherType.FORWARD).permitAll()
                        .requestMatchers(HttpMethod.GET, "/", "/*.html", "/*.css", "/*.js", "/*.svg", "/*.ico").permitAll()
                        .requestMatchers(HttpMethod.GET, "/health", "/health/*").permitAll()
                        .requestMatchers(HttpMethod.HEAD, "/", "/*.html", "/*.css", "/*.js", "/*.svg", "/*.ico", "/health", "/health/*").permitAll()
                        .requestMatchers("/api/tokens/**").hasRole(ADMIN)
                        .requestMatchers("/api/pairings/**").hasRole(OPERATOR)
                        .requestMatchers("/api/contacts/*/export").hasRole(ADMIN)
                        .requestMatchers(HttpMethod.DELETE, "/api/contacts/*").hasRole(ADMIN)
                        .requestMatchers("/api/contacts/**", "/api/merges/**", "/api/replies/**", "/api/snapshots/**").hasRole(OPERATOR)
                        .requestMatchers(HttpMethod.GET, "/**").hasRole(VIEWER)
                        .requestMatchers(HttpMethod.HEAD, "/**").hasRole(VIEWER)
                        .requestMatchers("/api/dead-letters/**").hasRole(OPERATOR)
                        .requestMatchers("/api/routes/check").hasRole(ENGINEER)
                        .anyRequest().hasRole(ADMIN))
                .build();
    }

    private HttpSecurity stateless(HttpSecurity http) throws Exception {
        return guarded(http)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .exceptionHandling(failed -> failed.authenticationEntryPoint(this::ask));
    }

    private HttpSecurity guarded(HttpSecurity http) throws Exception {
        return http
                .exceptionHandling(failed -> failed.accessDeniedHandler(
                        (request, response, denied) -> problems.send(Faults.of(denied), request, response)))
                .headers(headers -> headers
                        .contentSecurityPolicy(policy -> policy.policyDirectives(STRICT))
                        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER))
                        .permissionsPolicyHeader(policy -> policy.policy("camera=(), microphone=(), geolocation=(), payment=(), usb=()"))
                        .addHeaderWriter((request, response) -> {
                            if (request.getRequestURI().startsWith("/api/swagger-ui/")) {
                                response.setHeader("Content-Security-Policy", SWAGGER);
                            }
                        }));
    }

    /**
     * A browser sends a session's cookie along with requests that another site makes it send; it does that with nothing else we accept,
     * since we never ask it for Basic credentials and scripts of other sites may not set headers. Logging in is guarded too, so that nobody
     * is logged in as somebody else without noticing.
     */
    private static boolean couldBeForged(HttpServletRequest request) {
        boolean withSession = request.getRequestedSessionId() != null || Set.of("/login", "/logout").contains(request.getServletPath());
        return withSession && !SAFE.contains(request.getMethod());
    }

    private void ask(HttpServletRequest request, HttpServletResponse response, AuthenticationException unknown) throws IOException {
        problems.send(Faults.of(unknown), request, response);
    }

    /** Where a browser wanted to go before it had to log in; in a cookie, since who only asks gets no session. */
    private static CookieRequestCache wayBack() {
        CookieRequestCache cache = new CookieRequestCache();
        cache.setRequestMatcher(html());
        return cache;
    }

    private static MediaTypeRequestMatcher html() {
        MediaTypeRequestMatcher html = new MediaTypeRequestMatcher(MediaType.TEXT_HTML);
        html.setIgnoredMediaTypes(Set.of(MediaType.ALL));
        return html;
    }
}
