{%- for line in value.doc %}
    ///{% if !line.is_empty() %} {% endif %}{{ line }}
{%- endfor %}
    {{ value.name }},
