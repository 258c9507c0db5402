package io.serai.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/** Checks a name and a password: slowly for who guesses, quickly for who comes again with what was right. */
@Component
class Login implements AuthenticationProvider {

    private static final int KEY_BYTES = 32;

    private final Staff staff;
    private final PasswordEncoder passwords;
    private final Limits limits;
    /** Whom an unknown name stands for, so that it takes as long as a wrong password. */
    private final Supplier<Staff.Member> nobody;
    /**
     * Proofs that a password fitted a hash, so that a script with Basic does not cost a bcrypt a request. The hash of the database is part of
     * a proof, which is thereby void once the password changes.
     */
    private final Cache<String, Boolean> proofs = Caffeine.newBuilder().maximumSize(1_000).expireAfterWrite(Duration.ofMinutes(5)).build();
    private final byte[] key = new byte[KEY_BYTES];

    Login(Staff staff, PasswordEncoder passwords, Limits limits) {
        this.staff = staff;
        this.passwords = passwords;
        this.limits = limits;
        this.nobody = SingletonSupplier.of(() -> new Staff.Member("", passwords.encode(UUID.randomUUID().toString()), Rank.VIEWER));
        new SecureRandom().nextBytes(key);
    }

    @Override
    public Authentication authenticate(Authentication attempt) {
        Staff.Member member = staff.find(attempt.getName()).orElseGet(nobody);
        String password = String.valueOf(attempt.getCredentials());
        String proof = HexFormat.of().formatHex(Hmac.of(key, member.password().getBytes(UTF_8), password.getBytes(UTF_8)));
        if (proofs.getIfPresent(proof) == null) {
            check(member, password, attempt);
            proofs.put(proof, true);
        }
        var login = UsernamePasswordAuthenticationToken.authenticated(member, null, member.rank().authorities());
        login.setDetails(attempt.getDetails());
        return login;
    }

    private void check(Staff.Member member, String password, Authentication attempt) {
        String address = attempt.getDetails() instanceof WebAuthenticationDetails web ? web.getRemoteAddress() : "";
        limits.login(address);
        if (!passwords.matches(password, member.password())) {
            throw new BadCredentialsException("wrong name or password");
        }
        limits.loggedIn(address);
    }

    @Override
    public boolean supports(Class<?> kind) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(kind);
    }
}
