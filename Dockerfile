# One image, two commands: the web process (the default) and the worker (see compose.yaml). It holds Node, the
# packages that run in production and the application; no shell, no package manager, nothing to write to.
FROM node:24-slim AS base
WORKDIR /bqs
ENV npm_config_fund=false npm_config_audit=false

FROM base AS build
COPY package.json package-lock.json .npmrc ./
RUN ["npm", "ci"]
COPY . .
RUN ["npm", "run", "build"]

FROM base AS packages
COPY package.json package-lock.json .npmrc ./
# What is optional here is the command line of Prisma, which only development needs.
RUN ["npm", "ci", "--omit=dev", "--omit=optional", "--ignore-scripts"]

FROM gcr.io/distroless/nodejs24-debian12:nonroot AS run
WORKDIR /bqs
ENV NODE_ENV=production PORT=3000
COPY --from=packages /bqs/node_modules node_modules
COPY --from=build /bqs/build build
COPY --from=build /bqs/app app
COPY jobs jobs
COPY prisma prisma
COPY public public
COPY package.json ./
# By number, so that an orchestrator can tell that it is not root. Everything above belongs to root.
USER 65532:65532
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=3s --start-period=20s \
  CMD ["/nodejs/bin/node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["/nodejs/bin/node"]
CMD ["app/web.ts"]
