package io.serai.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;

/** Counts the messages of visitors before they are read. */
@Component
class ChatLimits implements HandlerInterceptor {

    private final Limits limits;
    private final Visitors visitors;

    ChatLimits(Limits limits, Visitors visitors) {
        this.limits = limits;
        this.visitors = visitors;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getMethod().equals(HttpMethod.POST.name())) {
            String visitor = Unavailable.unlessAway(() -> visitors.known(request)).map(known -> known.id().toString()).orElse(null);
            limits.chat(visitor, request.getRemoteAddr());
        }
        return true;
    }
}
