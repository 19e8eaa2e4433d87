{{- define "elacsym.name" -}}
{{- if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{/* What stays the same over upgrades: the nodes of one role. Called with (dict "root" $ "role" "indexer"). */}}
{{- define "elacsym.selector" -}}
app.kubernetes.io/name: elacsym
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .role }}
{{- end -}}

{{- define "elacsym.labels" -}}
{{ include "elacsym.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end -}}

{{- define "elacsym.serviceAccount" -}}
{{- if .Values.serviceAccount.create -}}
{{- .Values.serviceAccount.name | default (include "elacsym.name" .) -}}
{{- else -}}
{{- .Values.serviceAccount.name | default "default" -}}
{{- end -}}
{{- end -}}

{{/* The Secret with the keys of the bucket, or nothing. */}}
{{- define "elacsym.credentials" -}}
{{- if .Values.credentials.create -}}
{{- include "elacsym.name" . -}}
{{- else -}}
{{- .Values.credentials.existingSecret -}}
{{- end -}}
{{- end -}}

{{/* The name of the objects of a role: that of the release for the single node. */}}
{{- define "elacsym.of" -}}
{{- if eq .role "single" -}}
{{- include "elacsym.name" .root -}}
{{- else -}}
{{- printf "%s-%s" (include "elacsym.name" .root) .role -}}
{{- end -}}
{{- end -}}

{{/* The configuration file of a role. */}}
{{- define "elacsym.config" -}}
{{- $v := .root.Values -}}
{{- $name := include "elacsym.name" .root -}}
[server]
host = "0.0.0.0"
port = 3000

[storage]
backend = {{ $v.storage.backend | quote }}

{{ if eq $v.storage.backend "local" -}}
[storage.local]
root_path = "/data"
{{- else -}}
[storage.{{ $v.storage.backend }}]
bucket = {{ required "storage.bucket is the name of a bucket that exists" $v.storage.bucket | quote }}
region = {{ required "storage.region is the region of the bucket" $v.storage.region | quote }}
{{- with $v.storage.endpoint }}
endpoint = {{ . | quote }}
{{- end }}
{{- with $v.storage.prefix }}
prefix = {{ . | quote }}
{{- end }}
{{- end }}

[cache]
memory_size = {{ .values.cache.memorySize | quote }}
disk_size = {{ .values.cache.diskSize | quote }}
disk_path = "/cache"
{{- if ne .role "single" }}

[distributed]
enabled = true
role = {{ .role | quote }}
discovery = "dns"
address = "http://{node}:3000"
routing = {{ $v.cluster.routing | quote }}
replicas = {{ $v.cluster.replicas }}

[distributed.indexer_cluster]
nodes = [{{ printf "%s-indexer" $name | quote }}]

[distributed.query_cluster]
nodes = [{{ printf "%s-query" $name | quote }}]
{{- end }}
{{- with $v.extraConfig }}

{{ . | trim }}
{{- end }}
{{ end -}}

{{/* The pod of a role. "cacheClaim": whether the cache's volume is this pod's own and goes with it. */}}
{{- define "elacsym.pod" -}}
{{- $v := .root.Values -}}
metadata:
  labels:
    {{- include "elacsym.labels" . | nindent 4 }}
  annotations:
    # A changed configuration restarts the nodes.
    checksum/config: {{ include "elacsym.config" . | sha256sum }}
    {{- with $v.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  enableServiceLinks: false
  automountServiceAccountToken: false
  serviceAccountName: {{ include "elacsym.serviceAccount" .root }}
  terminationGracePeriodSeconds: {{ $v.terminationGracePeriodSeconds }}
  {{- with $v.imagePullSecrets }}
  imagePullSecrets:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $v.priorityClassName }}
  priorityClassName: {{ . }}
  {{- end }}
  {{- with $v.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $v.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $v.affinity }}
  affinity:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  topologySpreadConstraints:
    {{- range list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
    - maxSkew: 1
      topologyKey: {{ . }}
      whenUnsatisfiable: ScheduleAnyway
      labelSelector:
        matchLabels:
          {{- include "elacsym.selector" $ | nindent 10 }}
    {{- end }}
  securityContext:
    runAsNonRoot: true
    runAsUser: 1000
    runAsGroup: 1000
    fsGroup: 1000
    fsGroupChangePolicy: OnRootMismatch
    seccompProfile:
      type: RuntimeDefault
  containers:
    - name: elacsym
      image: {{ printf "%s:%s" $v.image.repository ($v.image.tag | default .root.Chart.AppVersion) | quote }}
      imagePullPolicy: {{ $v.image.pullPolicy }}
      ports:
        - containerPort: 3000
          name: http
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        capabilities:
          drop: ["ALL"]
      env:
        {{- if ne .role "single" }}
        - name: ELACSYM_NODE_ID
          valueFrom:
            fieldRef:
              fieldPath: metadata.name
        {{- end }}
        - name: ELACSYM_CONFIG
          value: /etc/elacsym/config.toml
        {{- with $v.extraEnv }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- with include "elacsym.credentials" .root }}
      envFrom:
        - secretRef:
            name: {{ . }}
      {{- end }}
      volumeMounts:
        - name: config
          mountPath: /etc/elacsym
        - name: cache
          mountPath: /cache
        - name: tmp
          mountPath: /tmp
        {{- if eq $v.storage.backend "local" }}
        - name: data
          mountPath: /data
        {{- end }}
      resources:
        {{- toYaml .values.resources | nindent 8 }}
      lifecycle:
        preStop:
          exec:
            # Until nobody sends requests here any more.
            command: ["sleep", "5"]
      startupProbe:
        httpGet:
          path: /health
          port: http
        periodSeconds: 2
        failureThreshold: 60
      livenessProbe:
        httpGet:
          path: /health
          port: http
        periodSeconds: 10
        timeoutSeconds: 5
      readinessProbe:
        httpGet:
          path: /health/ready
          port: http
        periodSeconds: 5
        timeoutSeconds: 5
        failureThreshold: 2
  volumes:
    - name: config
      configMap:
        name: {{ include "elacsym.of" . }}
    - name: tmp
      emptyDir:
        sizeLimit: 1Gi
    {{- if .cacheClaim }}
    - name: cache
      ephemeral:
        volumeClaimTemplate:
          spec:
            {{- include "elacsym.claim" .values.cache.volume | nindent 12 }}
    {{- end }}
{{- end -}}

{{- define "elacsym.claim" -}}
accessModes: ["ReadWriteOnce"]
{{- with .storageClass }}
storageClassName: {{ . }}
{{- end }}
resources:
  requests:
    storage: {{ .size }}
{{- end -}}
