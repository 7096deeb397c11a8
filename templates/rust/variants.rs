
{{ item.visibility }} enum {{ item.name }} {
{%- for variant in variants %}{{ variant.doc }}
    {{ variant.declaration }}
{%- endfor %}
}
