package io.serai.web;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.http.converter.json.MappingJacksonInputMessage;
import org.springframework.util.MultiValueMap;
import org.springframework.util.unit.DataSize;

/** A request whose body is counted, and timed, while it comes. */
final class Body extends HttpServletRequestWrapper {

    /** 10 KB a second: the worst of lines is faster. */
    private static final int BYTES_A_MILLISECOND = 10;

    private static final FormHttpMessageConverter FORM = new FormHttpMessageConverter();

    private final DataSize limit;
    private final DataSize formLimit;
    private final Duration patience;
    private Coming coming;
    private Map<String, String[]> parameters;

    /** @param patience how long it may take, whatever its size */
    Body(HttpServletRequest request, DataSize limit, DataSize formLimit, Duration patience) {
        super(request);
        this.limit = limit;
        this.formLimit = formLimit;
        this.patience = patience;
    }

    static Stopped tooLarge(DataSize limit) {
        return new Stopped(Fault.of(HttpStatus.PAYLOAD_TOO_LARGE, "The body may have up to " + limit.toBytes() + " bytes.")
                .kind("too-large"));
    }

    /** @param began when it began to come, by {@link System#nanoTime()} */
    static boolean isLate(long began, long count, Duration patience) {
        return System.nanoTime() - began > patience.plusMillis(count / BYTES_A_MILLISECOND).toNanos();
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        return coming(limit);
    }

    @Override
    public BufferedReader getReader() throws IOException {
        return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        if (!isForm()) {
            return super.getParameterMap();
        }
        if (parameters == null) {
            parameters = Collections.unmodifiableMap(form());
        }
        return parameters;
    }

    @Override
    public String getParameter(String name) {
        String[] values = getParameterValues(name);
        return values == null ? null : values[0];
    }

    @Override
    public String[] getParameterValues(String name) {
        return getParameterMap().get(name);
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.enumeration(getParameterMap().keySet());
    }

    private boolean isForm() {
        String type = getContentType();
        return getMethod().equals("POST") && type != null && type.regionMatches(true, 0, MediaType.APPLICATION_FORM_URLENCODED_VALUE, 0,
                MediaType.APPLICATION_FORM_URLENCODED_VALUE.length());
    }

    /** The server would read a form by itself, past all that is counted here; once its stream is asked for, it leaves that to us. */
    private Map<String, String[]> form() {
        MultiValueMap<String, String> form;
        try {
            form = FORM.read(null, new MappingJacksonInputMessage(coming(formLimit), new HttpHeaders()));
        } catch (IOException broken) {
            throw new Stopped(Fault.of(HttpStatus.BAD_REQUEST, "The body ended before it was whole.").kind("malformed"));
        }
        Map<String, String[]> all = new LinkedHashMap<>(super.getParameterMap());
        form.forEach((name, values) -> all.merge(name, values.toArray(String[]::new), Body::both));
        return all;
    }

    private static String[] both(String[] one, String[] other) {
        List<String> all = new ArrayList<>(Arrays.asList(one));
        all.addAll(Arrays.asList(other));
        return all.toArray(String[]::new);
    }

    private Coming coming(DataSize most) throws IOException {
        if (coming == null) {
            coming = new Coming(super.getInputStream(), most, patience);
        }
        return coming;
    }

    private static final class Coming extends ServletInputStream {

        private final ServletInputStream body;
        private final DataSize limit;
        private final Duration patience;
        private long began;
        private long count;

        private Coming(ServletInputStream body, DataSize limit, Duration patience) {
            this.body = body;
            this.limit = limit;
            this.patience = patience;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            began = began == 0 ? System.nanoTime() : began;
            int read = body.read(buffer, offset, length);
            count(Math.max(read, 0));
            return read;
        }

        private void count(int read) {
            count += read;
            if (count > limit.toBytes()) {
                throw tooLarge(limit);
            }
            if (isLate(began, count, patience) && !body.isFinished()) {
                throw tooSlow();
            }
        }

        private Stopped tooSlow() {
            return new Stopped(Fault.of(HttpStatus.REQUEST_TIMEOUT, "The body came too slowly: it may take " + patience.toSeconds()
                    + " s, and a second more for each 10 KB of it. Send it again.").kind("too-slow"));
        }

        @Override
        public boolean isFinished() {
            return body.isFinished();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            body.setReadListener(listener);
        }
    }
}
