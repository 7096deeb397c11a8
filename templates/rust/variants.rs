
{{ item.visibility }} enum {{ item.name }} {
{%- for variant in variants %}
{%- for line in variant.doc %}
    ///{% if !line.is_empty() %} {% endif %}{{ line }}
{%- endfor %}
    {{ variant.declaration }}
{%- endfor %}
}
